//! Messages on their way over the cables of a drill's hospital.

use hospital::topology::{Interface, Protocol};
use serde::Serialize;
use store::StoreError;
use store::records::Person;
use store::sandbox::View;
use store::sandbox::systems::{Message, MessageState};

use super::error::DrillError;
use super::network::{engine, network};
use crate::platform::Platform;
use crate::topology::topology;

/// Messages that can be followed at a time, at most.
const FOLLOWED_MAX: usize = 24;
/// The newest of each interface.
const OF_EACH: usize = 2;

/// A message that can be followed from machine to machine. It says about nobody what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Traveller {
    /// Its place in the order of queueing.
    pub seq: i64,
    /// The interface it goes over.
    pub interface: String,
    /// Type and trigger, as `ADT^A01`.
    pub event: String,
    /// `waiting`, `delivered`, `handed`, `refused` or `lost`.
    pub state: &'static str,
    /// When it set out, microseconds since 1970 UTC on the hospital's clock.
    pub queued_us: i64,
    /// When it arrived or was given up.
    pub settled_us: Option<i64>,
    /// The machines it comes by, in order from the sender's.
    pub stops: Vec<String>,
    /// The cables between them, by their places in the network's file, in order.
    pub cables: Vec<usize>,
    /// The machine at which it is now.
    pub at: String,
}

impl Platform {
    /// The newest messages between machines, newest first.
    ///
    /// # Errors
    /// When they take no part.
    pub fn drill_travellers(&self, person: &Person, drill: &str) -> Result<Vec<Traveller>, DrillError> {
        let part = self.part(person, drill)?;
        let access = self.access(part.drill.sandbox.as_str(), &person.login, "drill")?;
        Ok(access.sandbox().view(newest)?)
    }
}

fn newest(view: View<'_>) -> Result<Vec<Traveller>, StoreError> {
    let mut all = Vec::new();
    for interface in &topology().interfaces {
        let way = Way::of(interface);
        let messages = view.messages(&interface.id, OF_EACH)?;
        all.extend(messages.into_iter().map(|message| way.traveller(interface, &message)));
    }
    // What waits or was turned away is what one looks for; of all else, the newest.
    all.sort_by_key(|one| (matches!(one.state, "delivered" | "handed"), -one.seq));
    all.truncate(FOLLOWED_MAX);
    Ok(all)
}

/// The way of an interface's messages.
struct Way {
    stops: Vec<String>,
    cables: Vec<usize>,
    /// Where messages wait: at the engine, or at the sender where nobody hands on.
    waits_at: String,
}

impl Way {
    fn of(interface: &Interface) -> Self {
        let through = (interface.protocol == Protocol::Mllp).then(engine);
        let systems = [Some(&interface.from), through.as_ref(), Some(&interface.to)];
        let host = |system: &String| network().host_of(system).map(|host| host.id.clone());
        let mut stops: Vec<String> = systems.into_iter().flatten().filter_map(host).collect();
        let waits = through.as_ref().and_then(host).or_else(|| stops.first().cloned());
        stops.dedup();
        let pairs = stops.windows(2).filter_map(|pair| match pair {
            [from, to] => network().way(from, to),
            _ => None,
        });
        Self { cables: pairs.flatten().collect(), waits_at: waits.unwrap_or_default(), stops }
    }

    fn traveller(&self, interface: &Interface, message: &Message) -> Traveller {
        let at = match message.state {
            MessageState::Delivered | MessageState::Handed => self.stops.last(),
            MessageState::Waiting | MessageState::Refused | MessageState::Lost => Some(&self.waits_at),
        };
        Traveller {
            seq: message.seq,
            interface: interface.id.clone(),
            event: message.event.clone(),
            state: message.state.word(),
            queued_us: message.queued_us,
            settled_us: message.settled_us,
            stops: self.stops.clone(),
            cables: self.cables.clone(),
            at: at.cloned().unwrap_or_default(),
        }
    }
}
