//! How good risks are: discrimination, calibration, what they are worth at a threshold, and for whom.

mod calibration;
mod check;
mod decision;
mod discrimination;
mod judgement;
mod ranks;
mod subgroups;

pub use calibration::{Bin, Calibration, brier, calibration, expected_calibration_error, log_loss};
pub use decision::{NetBenefit, decision_curve};
pub use discrimination::{Auroc, auprc, auroc};
pub use judgement::{Judgement, judge};
pub use subgroups::{Subgroup, subgroups};
