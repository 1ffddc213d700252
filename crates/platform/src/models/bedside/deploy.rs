use std::collections::BTreeMap;

use serde_json::json;
use standards::cds_hooks::{Hook, Offer};

use super::keep::{Deployment, Mode, deployment, deployments, forget, keep, service_id};
use crate::access::{Access, outcome};
use crate::cds_client::{call_here, call_here_no_more};
use crate::ehr::roles::working;
use crate::models::study::{PERMISSION, Registered, StudyError};
use crate::platform::Platform;

/// The journal kind of what changes a deployment.
const DEPLOYED: &str = "model.deploy";
/// Where a service of the hospital itself is found: it is asked without a network.
pub(crate) const HERE: &str = "this hospital";
/// Models that answer in one hospital: every chart that is opened asks all of them.
const DEPLOYED_MAX: usize = 5;

impl Platform {
    /// Which version of a model answers, if one does.
    ///
    /// # Errors
    /// When the store fails.
    pub fn deployment(&self, access: &Access, name: &str) -> Result<Option<Deployment>, StudyError> {
        Ok(access.sandbox().view(|view| deployment(view, name))?)
    }

    /// Every model that answers.
    ///
    /// # Errors
    /// When the store fails.
    pub fn deployments(&self, access: &Access) -> Result<Vec<Deployment>, StudyError> {
        Ok(access.sandbox().view(deployments)?)
    }

    /// Lets a version answer in the chart, silent or seen.
    ///
    /// # Errors
    /// [`StudyError`]; then whatever answered before goes on answering.
    pub fn deploy_model(
        &self,
        access: &Access,
        name: &str,
        version: u32,
        mode: Mode,
        threshold: f64,
    ) -> Result<Deployment, StudyError> {
        working(access)?.check(PERMISSION)?;
        if !(threshold > 0.0 && threshold < 1.0) {
            return Err(StudyError::Invalid(format!(
                "the threshold is {threshold}; it is above 0 and below 1"
            )));
        }
        let model = self.model(access, name, Some(version))?;
        // A file that cannot be read is better found now than at a bedside.
        self.predictor(access, &model)?;
        let before = self.deployment(access, name)?;
        if before.is_none() && self.deployments(access)?.len() >= DEPLOYED_MAX {
            return Err(StudyError::Invalid(format!(
                "{DEPLOYED_MAX} models answer already, and every chart asks all of them; withdraw one first"
            )));
        }
        let mut earlier = before.as_ref().map(|before| before.earlier.clone()).unwrap_or_default();
        earlier.extend(before.as_ref().map(|before| before.version).filter(|before| *before != version));
        self.put(
            access,
            &model,
            Deployment {
                name: name.to_owned(),
                version,
                mode,
                threshold,
                since_us: access.virtual_us(),
                by: access.actor().to_owned(),
                earlier,
            },
            if before.is_some() { "change" } else { "deploy" },
        )
    }

    /// Lets the version answer that answered before this one, in the same way.
    ///
    /// # Errors
    /// [`StudyError`]; then the version that answers goes on answering.
    pub fn roll_model_back(&self, access: &Access, name: &str) -> Result<Deployment, StudyError> {
        working(access)?.check(PERMISSION)?;
        let mut now = self.deployed(access, name)?;
        let version = now.earlier.pop().ok_or_else(|| {
            StudyError::Invalid(format!("no version of {name} answered before this one; withdraw it instead"))
        })?;
        let model = self.model(access, name, Some(version))?;
        self.predictor(access, &model)?;
        let (since_us, by) = (access.virtual_us(), access.actor().to_owned());
        self.put(access, &model, Deployment { version, since_us, by, ..now }, "roll-back")
    }

    /// Lets a model answer no more. Its versions stay.
    ///
    /// # Errors
    /// [`StudyError`].
    pub fn withdraw_model(&self, access: &Access, name: &str) -> Result<(), StudyError> {
        working(access)?.check(PERMISSION)?;
        let now = self.deployed(access, name)?;
        access.change(DEPLOYED, |change| {
            forget(change, name)?;
            call_here_no_more(change, &now.service())?;
            let detail = json!({"model": name, "version": now.version, "what": "withdraw"});
            change.note(&access.event(DEPLOYED, None, outcome::OK, detail))?;
            Ok(())
        })
    }

    fn deployed(&self, access: &Access, name: &str) -> Result<Deployment, StudyError> {
        self.deployment(access, name)?
            .ok_or_else(|| StudyError::Unknown(format!("no version of '{name:.60}' answers in the chart")))
    }

    fn put(
        &self,
        access: &Access,
        model: &Registered,
        deployment: Deployment,
        what: &str,
    ) -> Result<Deployment, StudyError> {
        access.change::<_, StudyError>(DEPLOYED, |change| {
            keep(change, access, &deployment)?;
            call_here(change, access, offer(model))?;
            let detail = json!({
                "model": deployment.name,
                "version": deployment.version,
                "sha256": model.sha256,
                "mode": deployment.mode,
                "threshold": deployment.threshold,
                "what": what,
            });
            change.note(&access.event(DEPLOYED, None, outcome::OK, detail))?;
            Ok(())
        })?;
        Ok(deployment)
    }
}

/// The service of a model, as its discovery tells of it.
pub(super) fn offer(model: &Registered) -> Offer {
    let cut = |text: &str| text.chars().take(500).collect::<String>();
    Offer {
        id: service_id(&model.name),
        hook: Hook::PatientView,
        title: cut(&model.record.task.title),
        description: cut(&model.record.task.predicts),
        prefetch: BTreeMap::new(),
    }
}
