//! Models of an outcome: from a cohort that is declared to advice beside a chart.
//!
//! [`study`] turns a declared task into rows by asking the lake, trains on some people and judges on others, and keeps each version
//! with its card. [`bedside`] lets a version answer in the chart through CDS Hooks, silent or seen, and looks after it there. Both
//! ask the same SQL, one of a snapshot and the other of one patient now. [`blind`] tries risks on people whom nobody has seen. `files` is what the
//! command line does without a hospital.

mod bedside;
mod blind;
mod files;
mod study;

pub use ::models::boosting::Settings;
pub use ::models::logistic::Penalty;
pub use ::models::metrics::{Bin, Judgement, NetBenefit, Subgroup};
pub use ::models::onnx::{ONNX_BYTES_MAX, OPERATORS};
pub use ::models::study::{
    Baseline, Drift, Finding, Guard, Importance, PSI_CHANGED, PSI_MOVED, RiskTime, Weight,
};
pub use bedside::{Day, Deployment, Mode, Monitor, SYSTEM};
pub(crate) use bedside::{HERE, advise, is_deployed, looked, offers};
pub(crate) use blind::Blind;
pub use blind::{BlindTest, BlindTry, Opening, Risks as BlindRisks, Score, TRIES_MAX, open_blind_test};
pub use files::{
    FileError, Fitted, Judged, Kind, Risks, Scoring, fit_file, judge_file, risk_file, score_file,
};
pub use study::{
    Apart, Bringing, Card, Parameters, ReadyTask, Record, Registered, Stage, Studies, StudyError, Task,
    Training, Yardstick, bring, ready_tasks, train,
};
