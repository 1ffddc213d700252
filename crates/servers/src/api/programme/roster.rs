use std::collections::BTreeMap;

use platform::programme::{NamedFile, RosterReport};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::call::Call;
use crate::problem::Problem;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Files {
    /// The text of each file by its name, such as `users.csv`.
    files: BTreeMap<String, String>,
}

pub(super) fn take(call: &Call<'_>, given: &Files) -> Result<RosterReport, Problem> {
    let named =
        |(name, text): (&String, &String)| NamedFile { name: name.clone(), bytes: text.clone().into_bytes() };
    let files: Vec<NamedFile> = given.files.iter().map(named).collect();
    Ok(call.platform().read_roster(call.person()?, &files)?)
}
