use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::model::{Host, Network};

/// What is known of a hospital when one asks how its network stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// Systems that fail, each with the reason.
    pub failed: BTreeMap<String, String>,
    /// Systems on whose machine something foreign runs.
    pub infected: BTreeSet<String>,
    /// Sources of power that give none.
    pub dark: BTreeSet<String>,
    /// Cooling units that stand still.
    pub still: BTreeSet<String>,
    /// What goes from system to system.
    pub flows: Vec<Flow>,
}

/// What goes over an interface.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Flow {
    /// The interface.
    pub interface: String,
    /// The system that sends.
    pub from: String,
    /// The system that hands on, if one does.
    pub through: Option<String>,
    /// The system that receives.
    pub to: String,
    /// Messages in the last hour.
    pub per_hour: u64,
    /// Messages that wait.
    pub waiting: u64,
    /// Why it carries nothing.
    pub closed: Option<String>,
}

/// How a machine is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
    /// It works.
    Up,
    /// It works, and gets warm: nothing cools its room.
    Warm,
    /// It works, and nothing reaches it.
    Cut,
    /// Something foreign runs on it.
    Infected,
    /// A system on it fails.
    Down,
    /// It has no power.
    Dark,
}

impl Health {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Warm => "warm",
            Self::Cut => "cut off",
            Self::Infected => "infected",
            Self::Down => "down",
            Self::Dark => "no power",
        }
    }
}

/// How a machine stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HostStanding {
    /// The machine.
    pub host: String,
    /// How it is.
    pub health: Health,
    /// Why, in a sentence, where it is not well.
    pub why: String,
}

/// What goes over a cable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkStanding {
    /// One end.
    pub from: String,
    /// The other.
    pub to: String,
    /// Messages in the last hour.
    pub per_hour: u64,
    /// Messages that would go over it and wait.
    pub waiting: u64,
    /// Interfaces that go over it.
    pub interfaces: Vec<String>,
}

/// How the network stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NetworkStanding {
    /// Each machine, in the order of the file.
    pub hosts: Vec<HostStanding>,
    /// Each cable, in the order of the file.
    pub links: Vec<LinkStanding>,
}

/// Says how everything stands.
#[must_use]
pub fn stand(network: &Network, known: &Known) -> NetworkStanding {
    let hosts = network.hosts.iter().map(|host| host_standing(network, known, host)).collect();
    let mut links: Vec<LinkStanding> = network
        .links
        .iter()
        .map(|link| LinkStanding {
            from: link.from.clone(),
            to: link.to.clone(),
            per_hour: 0,
            waiting: 0,
            interfaces: Vec::new(),
        })
        .collect();
    for flow in &known.flows {
        for place in places(network, flow) {
            let Some(link) = links.get_mut(place) else { continue };
            link.per_hour += flow.per_hour;
            link.waiting += flow.waiting;
            link.interfaces.push(flow.interface.clone());
        }
    }
    NetworkStanding { hosts, links }
}

/// The links that an interface's messages go over, each once.
fn places(network: &Network, flow: &Flow) -> BTreeSet<usize> {
    let stops = [Some(&flow.from), flow.through.as_ref(), Some(&flow.to)];
    let hosts: Vec<&str> = stops
        .into_iter()
        .flatten()
        .filter_map(|system| network.host_of(system))
        .map(|host| host.id.as_str())
        .collect();
    hosts.windows(2).filter_map(|pair| network.way(pair[0], pair[1])).flatten().collect()
}

fn host_standing(network: &Network, known: &Known, host: &Host) -> HostStanding {
    let found = |health, why: &str| HostStanding { host: host.id.clone(), health, why: why.to_owned() };
    let rack = host.rack.as_ref().and_then(|id| network.racks.iter().find(|rack| rack.id == *id));
    if rack
        .is_some_and(|rack| !rack.feeds.is_empty() && rack.feeds.iter().all(|feed| known.dark.contains(feed)))
    {
        return found(Health::Dark, "Its rack gets no power.");
    }
    if let Some(why) = host.systems.iter().find_map(|system| known.failed.get(system)) {
        return found(Health::Down, why);
    }
    if host.systems.iter().any(|system| known.infected.contains(system)) {
        return found(Health::Infected, "Something foreign runs on it.");
    }
    let mut flows = known
        .flows
        .iter()
        .filter(|flow| host.systems.contains(&flow.from) || host.systems.contains(&flow.to))
        .peekable();
    if flows.peek().is_some() && flows.all(|flow| flow.closed.is_some()) {
        return found(Health::Cut, "None of its interfaces carries anything.");
    }
    let mut coolers =
        network.coolers.iter().filter(|cooler| rack.is_some_and(|rack| rack.room == cooler.room)).peekable();
    if coolers.peek().is_some() && coolers.all(|cooler| known.still.contains(&cooler.id)) {
        return found(Health::Warm, "Nothing cools its room.");
    }
    found(Health::Up, "")
}
