//! The EHR as a client of CDS Hooks 2.0: services of decision support that learners write, called at four moments of work.
//!
//! [`Platform::register_services`](crate::Platform::register_services) takes down what a server offers.
//! [`Platform::ask_services`](crate::Platform::ask_services) asks all that want to be called at a [`Moment`] at once, with what
//! they wished to know and a token for one patient that only reads, and comes back in bounded time whatever they do: an answer
//! that is late, endless, broken or wrong is a [`Told`] with a reason, and a service that fails again and again rests.
//! [`answer_card`] does what a person makes of a card, and tells the service.
//!
//! Everything is kept in the sandbox as records of the system [`SYSTEM`]: the services, and their last calls with request and
//! answer, for whoever looks for a fault. Dialling is left to the crate `kits`, whose clients have limits; none of the
//! sandbox's locks is held meanwhile.

mod act;
mod address;
mod ask;
mod breaker;
mod card;
mod error;
mod feedback;
mod file;
mod hear;
mod hidden;
mod keep;
mod moment;
mod prefetch;
mod register;
mod send;

pub use crate::dial::DEADLINE;
pub use breaker::{FAILURES_MAX, REST_S, Standing};
pub use card::{CardAnswer, answer_card};
pub use error::ClientError;
pub use file::{Outcome, Told};
pub(crate) use hidden::tried;
pub(crate) use keep::is_called;
pub use keep::{Answered, Call, Counts, KeptCard, SYSTEM, Service};
pub use moment::Moment;
pub use register::Registration;
pub(crate) use register::{call_here, call_here_no_more};
pub use standards::cds_hooks::{GivenCard, GivenLink, GivenSuggestion, Hook, Indicator};
