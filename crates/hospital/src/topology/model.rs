use serde::Deserialize;

use super::segment::Segment;

/// A hospital as its file describes it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Topology {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The facility as HL7 v2 names it (MSH-4 and MSH-6).
    pub facility: String,
    /// Visits of the emergency department in a year.
    pub emergency_visits_per_year: u32,
    /// Where care is given, in the order of the file.
    pub units: Vec<Unit>,
    /// When people work.
    pub shifts: Vec<Shift>,
    /// Who works here.
    pub roles: Vec<Role>,
    /// What stands at the bedside.
    pub devices: Vec<Device>,
    /// The parts of the network.
    pub segments: Vec<Segment>,
    /// What others talk to.
    pub systems: Vec<System>,
    /// Who talks to whom.
    pub interfaces: Vec<Interface>,
}

impl Topology {
    /// A system by its id.
    pub fn system(&self, id: &str) -> Option<&System> {
        self.systems.iter().find(|system| system.id == id)
    }

    /// An interface by its id.
    pub fn interface(&self, id: &str) -> Option<&Interface> {
        self.interfaces.iter().find(|interface| interface.id == id)
    }

    /// The interfaces on which `from` sends messages of `event`, such as `ADT^A01`, in the order of the file.
    pub fn carrying(&self, from: &str, event: &str) -> impl Iterator<Item = &Interface> {
        let carries = move |interface: &&Interface| {
            interface.from == from && interface.events.iter().any(|carried| carried == event)
        };
        self.interfaces.iter().filter(carries)
    }

    /// How many beds are staffed: those of wards, without the bays of emergency, operating rooms and recovery.
    pub fn staffed_beds(&self) -> u32 {
        self.units.iter().filter(|unit| unit.staffed).map(|unit| unit.beds).sum()
    }
}

/// A part of the building where care is given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// The label on its doors; beds are numbered after it.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The department that runs it.
    pub department: String,
    /// Its beds or bays.
    #[serde(default)]
    pub beds: u32,
    /// How many of them are taken in a hospital of a thousand patients.
    #[serde(default)]
    pub taken: u32,
    /// How many patients one nurse cares for; 0 where nobody lies.
    #[serde(default)]
    pub patients_per_nurse: u32,
    /// Whether its beds count among those of the hospital.
    #[serde(default = "yes")]
    pub staffed: bool,
}

/// When a group of people works.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// When it begins, `HH:MM`.
    pub begins: String,
    /// How long it lasts.
    pub hours: u32,
}

/// A group of people who work here.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How many people have it.
    pub accounts: u32,
    /// The shifts they work.
    pub shifts: Vec<String>,
    /// The role of the matrix they sign in with (see [`ROLES`](crate::staff::ROLES)); none for those without access.
    pub matrix: Option<String>,
}

/// A kind of device.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The units it stands in.
    pub units: Vec<String>,
    /// How many there are in all.
    pub count: u32,
    /// The system it reports to.
    pub reports_to: Option<String>,
}

/// What a system does with what it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SystemKind {
    /// Registration and beds: where people come in.
    Adt,
    /// The chart.
    Ehr,
    /// Hands messages on.
    Engine,
    /// Laboratory: keeps orders and reports results.
    Lis,
    /// Radiology: the same for images.
    Ris,
    /// Keeps prescriptions.
    Pharmacy,
    /// Keeps accounts and charges.
    Billing,
    /// Keeps vaccinations.
    Registry,
    /// Keeps people and how to reach them.
    Portal,
    /// Keeps who is in the house and where.
    Follower,
    /// Keeps appointments.
    Scheduling,
    /// Measures.
    Device,
    /// Somebody else's.
    Outside,
    /// What the others run on.
    Infrastructure,
}

/// A part of the hospital that others talk to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// Its name in messages (MSH-3 and MSH-5) and in the journal.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it does with what it is sent.
    pub kind: SystemKind,
    /// What it is for, in a sentence.
    pub about: String,
    /// Its name on the network.
    pub host: String,
    /// The part of the network it stands in; none for a stranger to all of them.
    pub segment: Option<String>,
    /// The system whose store it shares; none if it has its own.
    pub store: Option<String>,
    /// From an order to its result: the least and the most minutes, for systems that have results.
    pub turnaround_min: Option<[u32; 2]>,
}

/// How an interface speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protocol {
    /// HL7 v2 over MLLP, through the engine.
    Mllp,
    /// DICOM associations.
    Dicom,
    /// DICOM over HTTP (PS3.18).
    Dicomweb,
    /// FHIR R4.
    Fhir,
    /// X12 over HTTPS.
    X12,
    /// Something else over HTTPS.
    Https,
    /// Files.
    File,
}

impl Protocol {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mllp => "HL7 v2, MLLP",
            Self::Dicom => "DICOM",
            Self::Dicomweb => "DICOMweb",
            Self::Fhir => "FHIR R4",
            Self::X12 => "X12",
            Self::Https => "HTTPS",
            Self::File => "Files",
        }
    }
}

/// A connection from one system to another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interface {
    /// Its slug.
    pub id: String,
    /// Who sends.
    pub from: String,
    /// Who receives.
    pub to: String,
    /// How they speak.
    pub protocol: Protocol,
    /// The version of HL7 v2 (MSH-12).
    pub version: Option<String>,
    /// Where the receiver listens.
    pub port: u16,
    /// What is sent: `ADT^A01`, or the name of a service.
    pub events: Vec<String>,
    /// How many messages are usual in a day.
    pub per_day: u32,
}

const fn yes() -> bool {
    true
}
