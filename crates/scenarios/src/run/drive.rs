use super::event::Event;
use super::state::{Readings, Run};
use crate::model::Scenario;

/// A hospital in which a drill takes place.
pub trait World {
    /// What can go wrong with it.
    type Error;

    /// Lets the hospital come to a moment by itself, and reads what the scenario asks for.
    fn read(&mut self, at_us: i64) -> Result<Readings, Self::Error>;

    /// Carries out what events do, and keeps them with how the drill stands now, all or nothing.
    fn keep(&mut self, at_us: i64, run: &Run, events: &[Event]) -> Result<(), Self::Error>;
}

/// Lets a drill come to a moment, step by step.
///
/// # Errors
/// When the world fails; the drill then stands where the world last kept it.
pub fn advance<W: World>(
    scenario: &Scenario,
    run: &mut Run,
    to_us: i64,
    world: &mut W,
) -> Result<Vec<Event>, W::Error> {
    let mut all = Vec::new();
    while let Some(next_us) = run.next_us().filter(|next_us| *next_us <= to_us) {
        let readings = world.read(next_us)?;
        let events = run.tick(scenario, next_us, &readings);
        world.keep(next_us, run, &events)?;
        all.extend(events);
    }
    Ok(all)
}
