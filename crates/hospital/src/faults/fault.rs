//! Declared faults, and what placing one gives.

use serde::Deserialize;
use serde_json::Value;

use super::{
    BuildChange, CriticalResults, Edit, FaultError, MislabelledSpecimen, PastOrder, Records, StrayResult,
    UnsignedOrder, WrongAccession,
};

/// Members of a `[[fault]]` table that say when and where, not what.
pub(super) const OUTER: [&str; 3] = ["at", "layer", "id"];

/// A problem of the record itself.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Fault {
    /// Patients with two records, and strangers who look like them.
    DuplicatePatient(DuplicatePatient),
    /// A chart that somebody else has just changed.
    LateEdit(LateEdit),
    /// A laboratory result that did not find its way to its order.
    StrayResult(StrayResult),
    /// A critical result that waits too long, among others like it.
    CriticalResults(CriticalResults),
    /// An order set, a rule or the role matrix that somebody has changed.
    BuildChange(Box<BuildChange>),
    /// An order that was signed some time ago, with what was known then.
    PastOrder(Box<PastOrder>),
    /// Resources that another system has sent.
    Records(Records),
    /// An order that was drafted, and that nobody signed.
    UnsignedOrder(UnsignedOrder),
    /// Two tubes with each other's labels.
    MislabelledSpecimen(MislabelledSpecimen),
    /// Two results with each other's numbers.
    WrongAccession(WrongAccession),
}

/// The parameters of `do = "late-edit"`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateEdit {
    /// Whose chart: the patient's id, or `Patient/ID`.
    pub patient: String,
}

/// The parameters of `do = "duplicate-patient"`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DuplicatePatient {
    /// What differs between the two records; at least one.
    pub edits: Vec<Edit>,
    /// How many patients get a second record, 1 to 10.
    #[serde(default = "one")]
    pub pairs: usize,
    /// Whether each also gets a stranger of the same name.
    #[serde(default = "yes")]
    pub look_alike: bool,
}

const fn one() -> usize {
    1
}

const fn yes() -> bool {
    true
}

/// Where a fault is placed: the patients it may touch, and what new records need.
pub struct Ground<'a> {
    /// Patient resources to choose from; their order does not matter.
    pub patients: &'a [Value],
    /// The virtual time.
    pub now_us: i64,
    /// Gives the next free medical record number.
    pub free_mrn: &'a mut dyn FnMut() -> String,
    /// Gives a fresh resource id.
    pub new_id: &'a mut dyn FnMut() -> String,
}

/// A fault that has been placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The resources to write, each after those it refers to.
    pub resources: Vec<Value>,
    /// What a lab may name as `{fault.*}`.
    pub truth: Value,
}

impl Fault {
    /// Reads a `[[fault]]` table, already turned into JSON with its params filled in.
    ///
    /// # Errors
    /// [`FaultError`] for another layer, an unknown fault or edit, or values out of range.
    pub fn parse(table: &Value) -> Result<Self, FaultError> {
        let mut table = table.clone();
        let layer = table["layer"].as_str().unwrap_or("source").to_owned();
        if let Some(members) = table.as_object_mut() {
            members.retain(|name, _| !OUTER.contains(&name.as_str()));
        }
        let fault: Self =
            serde_json::from_value(table).map_err(|error| FaultError::Shape(error.to_string()))?;
        if !fault.layers().contains(&layer.as_str()) {
            return Err(FaultError::Layer(layer));
        }
        fault.check()?;
        Ok(fault)
    }

    /// The layers it may be declared in.
    fn layers(&self) -> &'static [&'static str] {
        match self {
            Self::BuildChange(_) => &["source", "access"],
            Self::StrayResult(_) | Self::CriticalResults(_) | Self::PastOrder(_) => &["source", "workflow"],
            Self::UnsignedOrder(_) | Self::MislabelledSpecimen(_) | Self::WrongAccession(_) => &["workflow"],
            _ => &["source"],
        }
    }

    fn check(&self) -> Result<(), FaultError> {
        match self {
            Self::DuplicatePatient(fault) if fault.edits.is_empty() => Err(FaultError::NoEdits),
            Self::DuplicatePatient(fault) if !(1..=10).contains(&fault.pairs) => {
                Err(FaultError::Pairs(fault.pairs))
            }
            Self::CriticalResults(fault) => fault.check(),
            _ => Ok(()),
        }
    }

    /// Places the fault; the same seed on the same ground gives the same case.
    ///
    /// # Errors
    /// [`FaultError::TooFew`] when not enough patients fit, [`FaultError::NoPatient`] when the one named is not there,
    /// [`FaultError::Made`] when what it says cannot be made.
    pub fn place(&self, seed: u64, ground: &mut Ground<'_>) -> Result<Placed, FaultError> {
        match self {
            Self::DuplicatePatient(fault) => super::duplicate::place(fault, seed, ground),
            Self::LateEdit(fault) => super::late_edit::place(fault, seed, ground),
            Self::StrayResult(fault) => super::stray_result::place(fault, seed, ground),
            Self::CriticalResults(fault) => super::critical_results::place(fault, seed, ground),
            Self::BuildChange(fault) => super::build_change::place(fault, ground),
            Self::PastOrder(fault) => super::past_order::place(fault, ground),
            Self::Records(fault) => super::records::place(fault, ground),
            Self::UnsignedOrder(fault) => super::mix_up::unsigned(fault, seed, ground),
            Self::MislabelledSpecimen(fault) => super::mix_up::mislabelled(fault, seed, ground),
            Self::WrongAccession(fault) => super::mix_up::wrong_accession(fault, seed, ground),
        }
    }
}
