use super::act::Act;
use super::console;
use super::event::What;
use super::rate;
use super::refusal::Refusal;
use super::state::Run;
use super::talk;
use super::words::not_now;
use super::work;
use crate::model::Case;

/// Who asks, and what whoever knows says about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The person's id.
    pub who: &'a str,
    /// Whether the facilitator has not been seen for some time.
    pub facilitator_gone: bool,
}

/// What becomes of an act.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decided {
    /// What the drill beneath is told first.
    pub world: Option<ToWorld>,
    /// What has happened then, in order.
    pub whats: Vec<What>,
}

/// What the drill beneath is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToWorld {
    /// To begin a phase, by its place; the first begins the drill. The hospital is kept as it is, to go back to.
    Begin(usize),
    /// To go back to where a phase began, by its place.
    Return(usize),
    /// To let an inject come, by its slug in the case.
    Inject(String),
    /// To carry out what was decided.
    Carry {
        /// Which decision.
        decision: String,
        /// What.
        option: String,
    },
    /// To stop the clock, or let it run.
    Run(bool),
    /// To let minutes pass.
    Pass(u32),
    /// To end.
    End,
}

impl From<What> for Decided {
    fn from(what: What) -> Self {
        Self { world: None, whats: vec![what] }
    }
}

/// Decides what becomes of an act. Nothing changes by it: whoever keeps the run tells the world, gives the events their numbers and
/// applies them.
///
/// # Errors
/// A [`Refusal`], in words for whoever asked.
pub fn decide(case: &Case, run: &Run, asked: Asked<'_>, act: &Act) -> Result<Decided, Refusal> {
    if run.play.ended_us.is_some() && !is_for_afterwards(act) {
        return not_now("the workshop is over; what was said and decided stands in its report");
    }
    match act {
        Act::Sit { .. } | Act::Say { .. } | Act::HotWash { .. } | Act::Improve { .. } => {
            talk::decide(case, run, asked.who, act).map(Decided::from)
        }
        Act::Share { .. }
        | Act::Ask { .. }
        | Act::Answer { .. }
        | Act::Vote { .. }
        | Act::Decide { .. }
        | Act::Dissent { .. }
        | Act::HandOff { .. }
        | Act::ReadBack { .. }
        | Act::Confirm { .. } => work::decide(case, run, asked.who, act),
        Act::Rate { .. } | Act::Settle { .. } | Act::Agree { .. } => {
            rate::decide(case, run, asked.who, act).map(Decided::from)
        }
        Act::TakeOver => console::take_over(run, asked).map(Decided::from),
        _ if !run.facilitates(asked.who) => Err(Refusal::Facilitators),
        _ => console::decide(case, run, act),
    }
}

/// What is still taken when the workshop is over: the plan is made then, and the team is rated.
fn is_for_afterwards(act: &Act) -> bool {
    matches!(
        act,
        Act::Improve { .. }
            | Act::Note { .. }
            | Act::TakeOver
            | Act::HandOver { .. }
            | Act::AskRater { .. }
            | Act::Rate { .. }
            | Act::Settle { .. }
            | Act::Agree { .. }
    )
}
