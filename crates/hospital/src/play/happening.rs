//! What happens to patients, as typed facts.
//!
//! A happening says nothing of FHIR or of HL7: whoever hears it writes it down in the form they need.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Handle;
use crate::codes::Code;
use crate::population::{Bed, Panel, Specialty, Test, Unit};
use crate::writer::{Class, Decimal, Disposition};

/// One thing that happened to one patient.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// When, in virtual microseconds since 1970 UTC.
    pub at_us: i64,
    /// Index of the patient in the population; people from `recipe.patients` on are new to the hospital.
    pub patient: u32,
    /// The place in the library of the pathway that the patient is on.
    pub pathway: u16,
    /// Names this happening, for later ones to refer to.
    pub handle: Handle,
    /// The visit it belongs to: the handle of the `Arrived` or `Admitted` that began it.
    pub visit: Handle,
    /// What happened.
    pub what: What,
}

/// Words from a pathway.
pub type Text = Arc<str>;

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Somebody came to a clinic or through the door of the emergency department. Begins a visit.
    Arrived(Arrival),
    /// The desk has taken down who they are: live play only.
    Registered {
        /// Nobody has a chart of them yet.
        newcomer: bool,
    },
    /// A bed is wanted and none is free; they wait where they are. Live play only.
    Waiting {
        /// The unit that has no bed.
        unit: Unit,
    },
    /// A stay began. Begins a visit.
    Admitted(Admission),
    /// They were moved to another bed.
    Transferred {
        /// The bed left behind.
        from: Option<Bed>,
        /// The bed they lie in now.
        to: Bed,
    },
    /// The visit is over.
    Left {
        /// Where to.
        disposition: Disposition,
    },
    /// They died, and the visit is over.
    Died,
    /// Something was written down as a diagnosis or problem.
    Diagnosed(Diagnosis),
    /// Vital signs were taken.
    Signs(Signs),
    /// Height and weight were taken.
    Sized {
        /// Height in centimetres, with one decimal.
        height_cm: Decimal,
        /// Weight in kilograms, with one decimal.
        weight_kg: Decimal,
    },
    /// The smoking question was asked; the answer is a LOINC answer code.
    Smoking(&'static Code),
    /// A questionnaire was filled in.
    Scored {
        /// What was scored, LOINC.
        code: &'static Code,
        /// The total.
        score: Decimal,
    },
    /// A test or study was ordered: live play only.
    Ordered {
        /// What is ordered, LOINC.
        code: &'static Code,
        /// The service that will carry it out.
        service: Service,
        /// It cannot wait.
        urgent: bool,
    },
    /// The laboratory reported values.
    Resulted(Laboratory),
    /// The laboratory reported words: a culture, a test strip.
    Found {
        /// The order it answers.
        order: Handle,
        /// The test, LOINC.
        code: &'static Code,
        /// What was seen.
        words: Text,
        /// It is not as it should be.
        abnormal: bool,
        /// When the sample was taken.
        taken_us: i64,
    },
    /// A study was read.
    Read {
        /// The order it answers.
        order: Handle,
        /// The study, LOINC.
        code: &'static Code,
        /// Who read it.
        service: Service,
        /// What was concluded.
        conclusion: Text,
        /// When the study was made.
        taken_us: i64,
    },
    /// A drug was prescribed, for years or for days.
    Prescribed {
        /// The drug, RxNorm.
        drug: &'static Code,
        /// How to take it.
        sig: Text,
        /// The diagnosis it is for.
        reason: Option<Handle>,
        /// To be renewed each year, rather than over with the illness.
        lasting: bool,
    },
    /// A dose was given on the ward: live play only.
    Given {
        /// The prescription.
        order: Handle,
        /// The drug, RxNorm.
        drug: &'static Code,
    },
    /// Something was done, and ended at `at_us`.
    Done {
        /// The procedure, ICD-10-PCS.
        code: &'static Code,
        /// When it began.
        start_us: i64,
    },
    /// A vaccine was given.
    Immunised(&'static Code),
    /// An allergy was recorded. Belongs to no visit.
    Allergic(Allergic),
    /// A note was written.
    Noted {
        /// The kind of note, LOINC.
        code: &'static Code,
        /// The note.
        text: Text,
    },
    /// Something was charged: live play only.
    Charged {
        /// Our own charge code.
        code: &'static str,
        /// Cents of a United States dollar.
        cents: u32,
    },
    /// A child was born to this patient: live play only.
    Born {
        /// The index of the child.
        child: u32,
    },
}

/// How somebody came in.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// Ambulatory or emergency.
    pub class: Class,
    /// Where.
    pub unit: Unit,
    /// The kind of visit, of our own code system.
    pub kind: &'static Code,
    /// Why, ICD-10-CM.
    pub reason: &'static Code,
    /// Emergency severity index, 1 to 5; emergency visits only.
    pub acuity: Option<u8>,
}

/// How a stay began.
#[derive(Clone, Debug, PartialEq)]
pub struct Admission {
    /// The unit that takes them.
    pub unit: Unit,
    /// Which bed.
    pub bed: Bed,
    /// Who looks after them.
    pub specialty: Specialty,
    /// Why, ICD-10-CM.
    pub reason: &'static Code,
    /// The kind of stay, as national figures count them.
    pub line: Line,
    /// The emergency visit it follows.
    pub after: Option<Handle>,
}

/// The kinds of stay that national figures tell apart (HCUP).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Line {
    /// Neither surgery, birth nor mind.
    Medical,
    /// An operation is the reason to be here.
    Surgical,
    /// Giving birth.
    Maternal,
    /// Being born.
    Newborn,
    /// An illness of the mind.
    Psychiatric,
}

/// Who carries out an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Service {
    /// The clinical laboratory.
    Laboratory,
    /// Diagnostic imaging.
    Radiology,
    /// Whoever reads the electrocardiogram.
    Cardiology,
}

/// A diagnosis or problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosis {
    /// ICD-10-CM.
    pub code: &'static Code,
    /// It goes on the problem list and stays there.
    pub lasting: bool,
    /// It came about in hospital.
    pub complication: bool,
    /// When it began.
    pub onset_us: i64,
    /// When it is over; `None` while nobody knows.
    pub over_us: Option<i64>,
}

/// Vital signs; what was not taken is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signs {
    /// Systolic and diastolic, mmHg.
    pub pressure: Option<(i64, i64)>,
    /// Beats a minute.
    pub pulse: Option<Decimal>,
    /// Breaths a minute.
    pub breaths: Option<Decimal>,
    /// Degrees Celsius.
    pub temperature: Option<Decimal>,
    /// Percent of saturation.
    pub oxygen: Option<Decimal>,
}

/// Values from the laboratory; `at_us` of the happening is when they were released.
#[derive(Clone, Debug, PartialEq)]
pub struct Laboratory {
    /// The order it answers.
    pub order: Handle,
    /// The panel, if they were run together.
    pub panel: Option<&'static Panel>,
    /// Each test with its value.
    pub values: Vec<(&'static Test, Decimal)>,
    /// When the sample was taken.
    pub taken_us: i64,
}

/// An allergy.
#[derive(Clone, Debug, PartialEq)]
pub struct Allergic {
    /// A drug ingredient, RxNorm, or something in words.
    pub substance: Result<&'static Code, Text>,
    /// `medication`, `food` or `environment`.
    pub category: &'static str,
    /// It could kill.
    pub severe: bool,
    /// What it does.
    pub reaction: Text,
}
