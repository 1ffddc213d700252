//! One small hospital for all of these tests; each works in a sandbox of its own.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use hospital::population::Recipe;
use platform::access::Access;
use platform::clock::ManualClock;
use platform::ehr::commands::{CommandError, CommandOutcome, run_command};
use platform::entropy::SeededEntropy;
use platform::fhir::{Answer, Context, FhirError, Interaction, pairs_of, perform};
use platform::images::generate_image;
use platform::people::NewPerson;
use platform::sandboxes::ClockChange;
use platform::{Limits, Platform};
use serde_json::{Value, json};
use standards::fhir::json::Limits as JsonLimits;
use store::records::{Person, Role};

/// Patients in the image.
pub(super) const PATIENTS: u32 = 60;
const IMAGE: &str = "small";

struct House {
    platform: Platform,
    ana: Person,
}

fn house() -> &'static House {
    static HOUSE: OnceLock<House> = OnceLock::new();
    HOUSE.get_or_init(|| {
        // Kept until the tests end: the platform is, too.
        let folder = tempfile::tempdir().unwrap().keep();
        open(&folder)
    })
}

fn open(folder: &Path) -> House {
    let clock = Arc::new(ManualClock::at(1_930_000_000_000_000));
    let entropy = Arc::new(SeededEntropy::new(7));
    let platform =
        Platform::open(folder, training::content::Catalogue::default(), Limits::default(), clock, entropy)
            .unwrap();
    // A seed of which nobody has the name that tests register.
    let recipe = Recipe { patients: PATIENTS, seed: 3, ..Recipe::default() };
    generate_image(
        platform.images(),
        IMAGE,
        "Small hospital",
        &recipe,
        &platform::content::pathways(None).unwrap(),
        &|_| {},
    )
    .unwrap();
    let new = NewPerson { login: "ana", name: "Ana Berg", role: Role::Learner, password: None };
    let ana = platform.people().add(new).unwrap();
    House { platform, ana }
}

/// A hospital of one's own.
pub(super) struct Ward {
    pub(super) access: Access,
    limits: JsonLimits,
}

/// Starts a fresh sandbox and enters it.
pub(super) fn ward() -> Ward {
    let house = house();
    let record = house.platform.start_sandbox(&house.ana, IMAGE, "tests", None).unwrap();
    let access = house.platform.enter(&house.ana, record.id.as_str(), "chart").unwrap();
    Ward { access, limits: JsonLimits::default() }
}

impl Ward {
    fn context(&self) -> Context<'_> {
        Context {
            access: &self.access,
            base_url: "http://localhost/fhir",
            entropy: house().platform.entropy(),
            limits: &self.limits,
        }
    }

    /// Goes on as another role.
    pub(super) fn work_as(&self, role: &str) {
        platform::ehr::roles::switch_role(&self.access, role).unwrap();
    }

    /// Lets the hospital's clock move on.
    pub(super) fn wait(&mut self, hours: u32) {
        let House { platform, ana } = house();
        platform.change_clock(&self.access, ClockChange::AdvanceSeconds(hours * 3600)).unwrap();
        self.access = platform.enter(ana, self.access.sandbox().id(), "chart").unwrap();
    }

    #[allow(clippy::needless_pass_by_value, reason = "forms are written where they are sent")]
    pub(super) fn run(&self, name: &str, form: Value) -> Result<CommandOutcome, CommandError> {
        run_command(&self.context(), name, &form)
    }

    /// The fields a command complains about.
    pub(super) fn refused(&self, name: &str, form: Value) -> Vec<String> {
        match self.run(name, form) {
            Err(CommandError::Refused(hospital::ehr::EhrError::Fields(problems))) => {
                problems.into_iter().map(|problem| problem.field).collect()
            }
            other => panic!("expected refused fields, got {other:?}"),
        }
    }

    pub(super) fn fhir(&self, asked: &Interaction<'_>) -> Result<Answer, FhirError> {
        perform(&self.context(), asked)
    }

    pub(super) fn read(&self, reference: &str) -> Value {
        let (kind, id) = reference.split_once('/').unwrap();
        match self.fhir(&Interaction::Read { kind, id, known_version: None }).unwrap() {
            Answer::Resource(stored) => serde_json::from_slice(&stored.body).unwrap(),
            other => panic!("{reference}: {other:?}"),
        }
    }

    /// Puts a resource there as a client would.
    pub(super) fn put(&self, resource: &Value) {
        let text = |member: &str| resource[member].as_str().unwrap();
        let body = resource.to_string();
        let asked = Interaction::Update {
            kind: text("resourceType"),
            id: text("id"),
            body: body.as_bytes(),
            if_match: None,
        };
        self.fhir(&asked).unwrap();
    }

    pub(super) fn search(&self, url: &str) -> Vec<Value> {
        let (kind, query) = url.split_once('?').unwrap_or((url, ""));
        let parameters = pairs_of(query);
        let Answer::Made(body) =
            self.fhir(&Interaction::Search { kind, parameters: &parameters, strict: true }).unwrap()
        else {
            panic!("no bundle")
        };
        let bundle: Value = serde_json::from_slice(&body).unwrap();
        let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
        entries.into_iter().map(|entry| entry["resource"].clone()).collect()
    }

    /// The beds, by their labels, and whether someone lies there.
    pub(super) fn free_beds(&self, ward: &str) -> Vec<(String, String)> {
        let places = platform::ehr::chart::wards(&self.access).unwrap();
        let ward = places.into_iter().find(|place| place.label == ward).unwrap();
        ward.beds.into_iter().filter(|bed| !bed.taken).map(|bed| (bed.label, bed.id)).collect()
    }

    pub(super) fn register(&self, family: &str) -> String {
        let form =
            json!({"family": family, "given": "Ruth Ann", "birth_date": "1984-02-29", "sex": "female"});
        self.run("register", form).unwrap().patient
    }

    /// Kind, subject and outcome of the newest `limit` journal entries, newest first.
    pub(super) fn journal(&self, limit: usize) -> Vec<(String, Option<String>, String)> {
        let entries = self.entries(limit).into_iter();
        entries.map(|event| (event.kind, event.subject, event.outcome)).collect()
    }

    /// The newest `limit` journal entries, newest first.
    pub(super) fn entries(&self, limit: usize) -> Vec<store::journal::NewEntry> {
        let filter = store::journal::Filter { newest_first: true, limit, ..Default::default() };
        let entries = self.access.sandbox().journal(&filter).unwrap();
        entries.into_iter().map(|entry| entry.event).collect()
    }
}
