//! The past of a hospital: everything that actors did before the learner came, each thing at its time.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::BASE32_NOPAD;
use security::actors::{Act, Deed, Form, PORTAL, Role, Scene, WARD_CHART};
use serde_json::{Value, json};
use standards::fhir::instant;

use super::orders;
use super::survey::survey;
use super::truth::{Course, Truth};
use super::walk::amended;
use crate::access::{Access, Came};
use crate::ehr::lookup::find;
use crate::entropy::{Entropy, SeededEntropy};
use crate::fhir::{Answer, Context, HistoryParameters, Interaction, Place, pairs_of, perform};
use crate::identity::{PastApp, Peopled, people, signed_in_before};
use crate::imaging::{PastSearches, register_entity};
use crate::messages::Peer;
use crate::platform::Platform;

/// The apps that people use: id, name, and where a browser is sent back to. Nobody ever goes there: `example` belongs to nobody
/// (RFC 2606).
pub(super) const APPS: [(&str, &str, &str); 2] = [
    (WARD_CHART, "Ward chart", "https://ward-chart.example/back"),
    (PORTAL, "Patient portal", "https://portal.example/back"),
];

/// Lets a scene have happened in a hospital, as far as it had when the learner comes. Returns what a lab may name as
/// `{fault.*}`.
pub(crate) fn place(platform: &Platform, access: &Access, table: &Value, seed: u64) -> Result<Value, String> {
    let scene = Scene::read(table).map_err(|error| error.to_string())?;
    let mut ground = survey(platform, access, &scene, seed)?;
    let entropy = SeededEntropy::new(seed);
    orders::sign(access, &scene, seed, &mut ground, &entropy)?;
    scene.fits(&ground).map_err(|error| error.to_string())?;
    let now_us = ground.now_us;
    let mut truth = Truth {
        passwords: (password(&entropy), password(&entropy)),
        began_us: now_us,
        exposed: Vec::new(),
        damaged: BTreeMap::new(),
        amended: BTreeMap::new(),
        course: Course { until_us: now_us, ..Course::default() },
        scene,
        seed,
        ground,
    };
    introduce(access, &truth, &entropy)?;
    for station in truth.ground.devices.iter().filter(|device| device.role == Role::Station) {
        register_entity(access, &station.login, None, None).map_err(|error| error.to_string())?;
    }
    let acts = acts_of(&truth);
    let mut past = Past { platform, access, entropy, searches: PastSearches::default() };
    for act in &acts {
        past.happen(act, &mut truth).map_err(|what| format!("{:?} of {}: {what}", act.deed, act.login))?;
    }
    let facts = truth.scene.facts(&truth.ground, seed);
    let facts = json!({
        "honest_acts": acts.iter().filter(|act| !act.hostile).count(),
        "began": instant::format(truth.began_us),
        "attack": facts,
    });
    platform.keep_truth(access.sandbox().id(), &truth).map_err(|error| error.to_string())?;
    Ok(facts)
}

/// Twenty random letters.
fn password(entropy: &dyn Entropy) -> String {
    let mut bytes = [0; 13];
    entropy.fill(&mut bytes);
    BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()
}

/// Makes everybody known at the identity provider.
fn introduce(access: &Access, truth: &Truth, entropy: &dyn Entropy) -> Result<(), String> {
    let leaked: BTreeSet<String> = truth.scene.leaked(&truth.ground, truth.seed);
    let everybody = || truth.ground.staff.iter().chain(&truth.ground.portal);
    let group = |password, is_leaked: bool| Peopled {
        password,
        people: everybody()
            .filter(|account| leaked.contains(&account.login) == is_leaked)
            .map(|account| {
                (
                    account.login.as_str(),
                    account.name.as_str(),
                    account.role.word(),
                    account.record.as_deref(),
                )
            })
            .collect(),
    };
    let (honest, known) = &truth.passwords;
    let groups = [group(honest, false), group(known, true)];
    let checks_itself = |id| id == PORTAL && truth.scene.portal_checks_itself();
    let apps = APPS.map(|(id, name, back)| PastApp { id, name, back, checks_itself: checks_itself(id) });
    people(access, &groups, &apps, entropy).map_err(|error| error.to_string())
}

/// Everything that happened, in order. Honest people who have a part in the scene sign in like everybody else.
fn acts_of(truth: &Truth) -> Vec<Act> {
    let Truth { scene, ground, seed, .. } = truth;
    let (hours, count) = scene.span();
    let span = (ground.now_us - hours * 3_600_000_000, ground.now_us);
    let mut acts = scene.care(ground, *seed, span, count);
    acts.extend(scene.past(ground, *seed));
    acts.extend(scene.honest(ground, *seed));
    acts.sort_by_key(|act| act.at_us);
    acts
}

struct Past<'a> {
    platform: &'a Platform,
    access: &'a Access,
    entropy: SeededEntropy,
    searches: PastSearches,
}

impl Past<'_> {
    fn happen(&mut self, act: &Act, truth: &mut Truth) -> Result<(), String> {
        let came = Came::from(&act.address).at(act.at_us);
        let actor = format!("{} by {}", act.login, act.client);
        let access = self.access.acting_as(&actor, "app").coming(&came);
        if act.hostile {
            truth.began_us = truth.began_us.min(act.at_us);
        }
        match &act.deed {
            Deed::SignIn { right } => {
                signed_in_before(&access, &act.login, &act.client, *right)
                    .map_err(|error| error.to_string())?;
            }
            Deed::Read { at } => {
                let (kind, id) = parted(at);
                self.perform(&access, &Interaction::Read { kind, id, known_version: None })?;
                self.expose(act, (kind == "Patient").then(|| id.to_owned()), truth);
            }
            Deed::Look { kind, patient } => {
                let parameters = pairs_of(&format!("patient={patient}&_count=20"));
                self.perform(&access, &Interaction::Search { kind, parameters: &parameters, strict: true })?;
                self.expose(act, Some(patient.clone()), truth);
            }
            Deed::Ask { form, patient } => {
                self.ask(&access, *form, patient)?;
                let own = truth.ground.account(&act.login).and_then(|account| account.record.as_deref());
                let is_own = own.and_then(|own| own.strip_prefix("Patient/")) == Some(patient.as_str());
                self.expose(act, (!is_own).then(|| patient.clone()), truth);
            }
            Deed::Worklist | Deed::Studies { .. } => {
                let patient = match &act.deed {
                    Deed::Studies { patient } => Some(patient.clone()),
                    _ => None,
                };
                let device = self.access.acting_as(&act.login, "DICOM").coming(&came);
                self.searches.happen(&device, patient.as_deref()).map_err(|error| error.to_string())?;
                self.expose(act, patient, truth);
            }
            Deed::Report { order, tenths } => self.report(act, order, *tenths, truth)?,
            Deed::Heed { order, .. } => self.heed(&access, act, order, truth)?,
            Deed::Amend { at } => {
                let (_, after) = self.write(&access, act, at)?;
                truth.amended.insert(at.clone(), after);
            }
            Deed::Lock { at } => {
                let (before, _) = self.write(&access, act, at)?;
                truth.damaged.insert(at.clone(), before);
                let patient = truth.ground.records.iter().find(|(record, _)| record == at);
                self.expose(act, patient.map(|(_, patient)| patient.clone()), truth);
            }
        }
        Ok(())
    }

    fn perform(&self, access: &Access, asked: &Interaction<'_>) -> Result<Answer, String> {
        let limits = &self.platform.limits.json;
        let context = Context { access, base_url: "", entropy: &self.entropy, limits };
        perform(&context, asked).map_err(|error| error.to_string())
    }

    fn report(&self, act: &Act, order: &str, tenths: u32, truth: &mut Truth) -> Result<(), String> {
        let meant = truth.order(order)?;
        let came = Came::from(&act.address).at(act.at_us).certified(!act.hostile);
        let access = self.access.acting_as(&act.login, "mllp").coming(&came);
        let message = orders::message(&access, &act.login, meant, tenths, act.at_us)?;
        if !self.platform.received_before(&access, &message, &Peer::played(&came), &self.entropy)? {
            return Err("the chart does not take the result".to_owned());
        }
        if act.hostile {
            truth.damaged.insert(format!("ServiceRequest/{order}"), 0);
        }
        Ok(())
    }

    fn heed(&self, access: &Access, act: &Act, order: &str, truth: &Truth) -> Result<(), String> {
        let meant = truth.order(order)?;
        let parameters = pairs_of(&format!("based-on=ServiceRequest/{order}&status=final"));
        let kind = "Observation";
        self.perform(access, &Interaction::Search { kind, parameters: &parameters, strict: true })?;
        let pairs = [("based-on", &*format!("ServiceRequest/{order}")), ("status", "final")];
        let found = access.sandbox().view(|view| find(view, act.at_us, kind, &pairs));
        for result in found.map_err(|error| error.to_string())? {
            let id = result["id"].as_str().unwrap_or_default();
            let given =
                orders::tenths_of(&result).and_then(|tenths| orders::treatment(meant, id, tenths, act.at_us));
            if let Some(given) = given {
                let body = given.to_string().into_bytes();
                let kind = "MedicationAdministration";
                self.perform(access, &Interaction::Create { kind, body: &body, if_none_exist: None })?;
            }
        }
        Ok(())
    }

    fn ask(&self, access: &Access, form: Form, patient: &str) -> Result<(), String> {
        let searched = form.search(patient).map(|(kind, query)| (kind, pairs_of(&query)));
        let asked = match (form, &searched) {
            (_, Some((kind, parameters))) => Interaction::Search { kind, parameters, strict: true },
            (Form::Everything, None) => {
                let place = Place::Instance("Patient", patient);
                Interaction::Operation { name: "everything", place, query: &[], body: None }
            }
            (Form::Versions, None) => {
                let parameters = HistoryParameters::default();
                Interaction::History { kind: "Patient", id: Some(patient), parameters }
            }
            (_, None) => Interaction::Read { kind: "Patient", id: patient, known_version: None },
        };
        self.perform(access, &asked).map(drop)
    }

    /// Writes a record anew. Returns the versions before and after.
    fn write(&self, access: &Access, act: &Act, at: &str) -> Result<(u64, u64), String> {
        let (kind, id) = parted(at);
        let stored = access.sandbox().view(|view| view.get(kind, id)).map_err(|error| error.to_string())?;
        let stored = stored.ok_or("the record is gone")?;
        let body = amended(&stored.body, act)?;
        self.perform(access, &Interaction::Update { kind, id, body: &body, if_match: None })?;
        Ok((stored.version, stored.version + 1))
    }

    fn expose(&self, act: &Act, patient: Option<String>, truth: &mut Truth) {
        let patient = patient.filter(|patient| act.hostile && !truth.exposed.contains(patient));
        truth.exposed.extend(patient);
    }
}

pub(super) fn parted(at: &str) -> (&str, &str) {
    at.split_once('/').unwrap_or((at, ""))
}
