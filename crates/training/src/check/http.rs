//! Checks on the reply to a request.

use standards::fhir::path::FhirPath;

use super::fhir::is_true;
use super::judge::Finding;
use crate::facts::Observed;
use crate::lab::HttpProbe;
use crate::text::{Escape, Values, fill};

/// Judges status and body.
pub(super) fn judge(
    probe: &HttpProbe,
    values: &Values,
    observed: &[Observed],
    path: &dyn FhirPath,
) -> Result<Finding, String> {
    let Some(Observed::Reply { status, body }) = observed.first() else {
        return Err("the request was not answered with a reply".to_owned());
    };
    let address = fill(&probe.path, values, Escape::Url).map_err(|error| error.to_string())?;
    let (fits, condition) = match &probe.expect {
        Some(expect) => {
            let expression = fill(expect, values, Escape::Path).map_err(|error| error.to_string())?;
            (is_true(&expression, body, path)?, expression)
        }
        None => (true, String::new()),
    };
    let as_whom = probe.role.word();
    let mut observed = format!("Asked as {as_whom}, the answer was {status}; expected {}.", probe.status);
    if *status == probe.status && !fits {
        observed =
            format!("Asked as {as_whom}, the answer was {status}, but its content is not what it should be.");
    }
    Ok(Finding {
        passed: *status == probe.status && fits,
        observed,
        location: Some(format!("{} {address}", probe.method)),
        detail: format!("{} {address} as {as_whom}: {status}, condition `{condition}`: {fits}", probe.method),
    })
}
