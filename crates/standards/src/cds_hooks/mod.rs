//! CDS Hooks 2.0 as values: what a client asks at a hook, the cards it gets, and what it tells back about them.
//!
//! A *hook* is a moment in somebody's work, such as signing an order. The client posts a [`HookCall`] to a service, with
//! what the service wished to know beforehand (*prefetch*); the service answers with [`Card`]s; what became of each card
//! is told back as [`Feedback`].
//!
//! Both sides are here: a service reads [`HookCall`]s and makes [`Card`]s; a client reads the [`Offer`]s of a service, [`Fetch`]es
//! what it wishes to know, and reads the cards it is [`given`], which may be anything at all.

mod call;
mod card;
mod check;
mod feedback;
mod fetch;
mod given;
mod hook;
mod offer;
mod template;
#[cfg(test)]
mod tests;

pub use call::HookCall;
pub use card::{Action, Card, Choice, Indicator, SUMMARY_CHARS_MAX, Source, Suggestion};
pub use check::problems_of_answer;
pub use feedback::{Feedback, feedback};
pub use fetch::{Fetch, FetchError};
pub use given::{
    CARDS_MAX, GivenAction, GivenCard, GivenChange, GivenChoice, GivenLink, GivenSource, GivenSuggestion,
    given,
};
pub use hook::Hook;
pub use offer::{Offer, is_service_id, offers};
pub use template::{TemplateError, resolve};
