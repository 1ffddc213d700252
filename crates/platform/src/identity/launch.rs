use identity::Code;
use identity::client::Client;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::sandbox::View;

use super::error::IdentityError;
use super::keep::{Kind, event, find, hashed, keep};
use crate::access::{Access, outcome};
use crate::people::secret::new_secret;
use crate::platform::Platform;

/// How long an app has to come back with its handle, in seconds.
const LAUNCH_S: i64 = 300;

/// A launch from a chart, kept under the hash of its handle.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Launch {
    pub(super) client: String,
    /// Who opened the app: nobody else may answer for it.
    pub(super) login: String,
    pub(super) patient: String,
    pub(super) encounter: Option<String>,
    pub(super) expires_us: i64,
}

impl Platform {
    /// Opens an app from a patient's chart (SMART App Launch 2.2, 2.0.2): keeps the context, and returns the handle that the
    /// app gets as `launch`. The context itself does not travel through the browser.
    ///
    /// # Errors
    /// When app, patient or encounter are not there, or do not belong together.
    pub fn launch_app(
        &self,
        access: &Access,
        client: &Client,
        patient: &str,
        encounter: Option<&str>,
    ) -> Result<String, IdentityError> {
        let wrong = |what: &str| IdentityError::refused(Code::InvalidRequest, what);
        let handle = new_secret(&*self.entropy);
        access.change("auth.launch", |change| {
            let there = change.view().get("Patient", patient)?.is_some_and(|stored| !stored.deleted);
            if !there {
                return Err(wrong("there is no such patient in this hospital"));
            }
            if let Some(encounter) = encounter {
                let found = change.view().get("Encounter", encounter)?.filter(|stored| !stored.deleted);
                let about =
                    found.and_then(|stored| serde_json::from_slice::<serde_json::Value>(&stored.body).ok());
                let subject = about.as_ref().and_then(|value| value["subject"]["reference"].as_str());
                if subject != Some(&format!("Patient/{patient}")) {
                    return Err(wrong("this encounter is not one of this patient"));
                }
            }
            let launch = Launch {
                client: client.id.clone(),
                login: access.actor().to_owned(),
                patient: patient.to_owned(),
                encounter: encounter.map(str::to_owned),
                expires_us: access.wall_us() + LAUNCH_S * 1_000_000,
            };
            keep(change, access, Kind::Launch, &hashed(&handle), &launch)?;
            let detail = json!({"client": client.id, "patient": patient, "encounter": encounter});
            change.note(&event(access, "auth.launch", outcome::OK, detail))?;
            Ok(())
        })?;
        Ok(handle)
    }

    /// Who opened the app with this handle, so that the sign-in page knows whom to expect.
    pub fn launched_by(&self, access: &Access, handle: &str) -> Result<Option<String>, IdentityError> {
        let found: Option<Launch> =
            access.sandbox().view(|view| find(view, Kind::Launch, &hashed(handle)))?;
        Ok(found.map(|launch| launch.login))
    }
}

/// The launch of this handle, by this client and person, while it lasts.
pub(super) fn of_handle(
    view: View<'_>,
    handle: &str,
    client: &str,
    login: &str,
    now_us: i64,
) -> Result<Launch, IdentityError> {
    let found: Option<Launch> = find(view, Kind::Launch, &hashed(handle))?;
    let fits =
        |launch: &Launch| launch.client == client && launch.login == login && now_us < launch.expires_us;
    found.filter(fits).ok_or_else(|| {
        let what = "launch is not the handle of a launch of this app by this person in the last minutes; open the app \
                    from the chart again";
        IdentityError::refused(Code::InvalidRequest, what)
    })
}
