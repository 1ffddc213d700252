//! Going through a kit.
//!
//! A [`Run`] holds the record, whether somebody stopped it, and calls from outside that a test waits for. [`Run::go`] works through
//! the tests on the caller's thread; others may look at the record, stop the run or hand a call in meanwhile. A call is
//! either [delivered](Run::deliver) to a test that waits for it, or [asked](Run::ask) of a test that plays a server.

mod bag;
mod called;
mod desk;
mod go;
mod inbox;
mod inputs;
mod step;
mod walk;

pub use desk::Said;
pub use go::{Progress, Run};
pub use inbox::Inbound;
pub use inputs::InputProblem;
pub use step::Step;
pub(crate) use step::micros;
