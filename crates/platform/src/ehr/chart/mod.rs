//! The chart as people read it: what is drawn on pages and sent by the API, as plain structs.
//!
//! [`Chart::open`] is the way into one patient's record, and leaves one journal entry, `chart.view`, with the patient as
//! subject and what was looked at: labs on curiosity about neighbours and celebrities live on it. Lists of many patients
//! ([`patients`], [`census`]) leave `chart.search` with what was asked. Whoever draws a page opens the chart once, names
//! what the page shows, and takes all parts from it.
//!
//! Learners write this data by hand, so nothing is taken for granted: what is missing is absent, what cannot be
//! understood is shown as it stands, and nothing is left out because another part of it is odd.

mod acknowledged;
mod administration;
mod alike;
mod audit;
mod banner;
mod census;
mod contact;
mod element;
mod encounters;
mod expression;
mod imaging;
mod in_basket;
mod label;
mod medications;
mod moment;
mod notes;
mod open;
mod orders;
mod patients;
mod person;
mod places;
mod review;
mod series;
mod similar;
mod summary;
mod survey;
mod template;
mod timeline;
mod verification;
mod waiting;

pub use acknowledged::Acknowledged;
pub use administration::{Administered, Dose, DoseState, Sheet};
pub use alike::Alike;
pub use audit::{AuditEntry, AuditPage};
pub use banner::{Banner, Here, Link};
pub use census::{BedCensus, Census, Occupant, WardCensus, census};
pub use contact::Contact;
pub use element::{Flag, Measured};
pub use encounters::{Stay, Stop};
pub use expression::{Evaluated, Leaf, Of, evaluate};
pub use fhirpath::{Answer as PathAnswer, Found, Problem as PathProblem, ProblemKind as PathProblemKind};
pub use imaging::{ImagingStudy, Picture};
pub use in_basket::{InBasket, InBasketQuery, in_basket};
pub use medications::Medication;
pub use moment::Moment;
pub use notes::Note;
pub(in crate::ehr) use open::closed;
pub use open::{Chart, Section};
pub(crate) use open::{check_lists, still_open};
pub use orders::{Order, OrderState};
pub use patients::{PatientPage, PatientQuery, PatientRow, Similar, patients};
pub use person::Identity;
pub use places::{Bed, Ward, wards};
pub use review::Review;
pub use series::{Point, Series};
pub use summary::{Allergy, Immunization, Problem, Summary};
pub use timeline::{Item, ItemKind, TimelinePage};
pub use verification::{Verification, VerificationState};
pub use waiting::{Waiting, WaitingKind};
