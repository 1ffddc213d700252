//! The states of a pathway.

use super::{Guard, Law, Number};
use crate::codes::Code;
use crate::play::{Line, Service, Text};
use crate::population::{Panel, Specialty, Test, Unit};
use crate::writer::Disposition;

/// One state: whether it applies, how long it is waited for, what happens in it, and where it leads.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// Without it, the state is passed over.
    pub(crate) when: Option<Guard>,
    /// The same, by chance.
    pub(crate) chance: Option<f64>,
    /// Only at every so-manieth visit.
    pub(crate) every: Option<u32>,
    /// Time that passes before it happens.
    pub(crate) after: Option<Law>,
    /// Not before this age, counted from birth; passed over by those who are older already.
    pub(crate) at_age: Option<Law>,
    pub(crate) act: Act,
    /// Where it leads.
    pub(crate) next: usize,
    /// Where those go who pass it over.
    pub(crate) otherwise: usize,
}

/// What happens in a state.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Nothing; time may pass.
    Wait,
    /// One of several ways.
    Branch(Vec<Arm>),
    /// Remembers a number.
    Set { slot: usize, number: Number },
    /// A visit to a clinic, in office hours.
    Visit { unit: Unit, kind: &'static Code, reason: &'static Code, minutes: i64 },
    /// Coming to the emergency department, with the weights of acuity 1 to 5.
    Arrive { reason: &'static Code, acuity: [f64; 5] },
    /// A stay.
    Admit { unit: Unit, specialty: Specialty, line: Line, reason: &'static Code, days: Law },
    /// Another bed.
    Transfer(Unit),
    /// The rounds of a stay until it is time to go: signs, and panels each morning.
    Stay { shift: Shift, daily: Vec<&'static Panel> },
    /// The end of a visit.
    Leave(Vec<Way>),
    /// Death.
    Die,
    /// A diagnosis of this visit, with how long it lasts and by how much it prolongs the stay.
    Diagnose { code: &'static Code, lasts: Option<Law>, complication: bool, longer: Option<Law> },
    /// A problem that stays on the list.
    Problem(&'static Code),
    /// Signs: all, or without pressure and breathing.
    Signs { shift: Shift, brief: bool },
    /// Blood pressure alone.
    Pressure(f64),
    /// Height and weight.
    Measure,
    /// The smoking question.
    Smoking,
    /// A questionnaire.
    Score { code: &'static Code, score: Number },
    /// One laboratory test.
    Lab { test: &'static Test, mean: Option<Number>, urgent: bool },
    /// A panel; some tests have another mean.
    Panel { panel: &'static Panel, means: Vec<(&'static Test, Number)>, urgent: bool },
    /// A test that is answered in words.
    Find { code: &'static Code, takes: Law, findings: Vec<Finding> },
    /// A study that somebody reads.
    Study { code: &'static Code, service: Service, takes: Law, conclusions: Vec<Finding> },
    /// A drug, for years or for days.
    Drug { drug: &'static Code, sig: Text, lasting: bool },
    /// Something done that takes so many minutes.
    Procedure { code: &'static Code, minutes: i64 },
    /// Vaccines.
    Immunise(Vec<&'static Code>),
    /// An allergy.
    Allergy { substance: Result<&'static Code, Text>, category: &'static str, reaction: Text },
    /// A note.
    Note { code: &'static Code, text: Text },
    /// Back to the hospital after a while, once for a stay.
    Readmit(usize),
    /// A child is born.
    Birth,
    /// The walk is over.
    End,
}

/// One way of a branch.
#[derive(Clone, Debug)]
pub(crate) struct Arm {
    pub(crate) to: usize,
    pub(crate) weight: f64,
    pub(crate) when: Option<Guard>,
}

/// One way out of a visit.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) disposition: Disposition,
    pub(crate) weight: f64,
}

/// Words that may be found.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) words: Text,
    pub(crate) weight: f64,
    pub(crate) abnormal: bool,
}

/// How far illness moves the signs from what is usual for this body.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Shift {
    /// Degrees Celsius above 36.8.
    pub(crate) fever: f64,
    /// Beats a minute.
    pub(crate) pulse: f64,
    /// Breaths a minute.
    pub(crate) breaths: f64,
    /// Percent of saturation lost.
    pub(crate) oxygen: f64,
    /// Millimetres of mercury, systolic.
    pub(crate) pressure: f64,
}

impl Shift {
    /// A part of it.
    pub(crate) fn scaled(self, part: f64) -> Self {
        Self {
            fever: self.fever * part,
            pulse: self.pulse * part,
            breaths: self.breaths * part,
            oxygen: self.oxygen * part,
            pressure: self.pressure * part,
        }
    }
}
