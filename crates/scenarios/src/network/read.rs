use std::collections::BTreeSet;

use super::model::Network;

/// What is wrong with a network's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkProblem {
    /// The line, counted from 1.
    pub line: u32,
    /// What is wrong, as a sentence fragment.
    pub what: String,
    /// What to try, as a sentence fragment.
    pub try_this: String,
}

/// Reads a network's file. `systems` are those of the hospital; each must run somewhere.
#[must_use]
pub fn read(text: &str, systems: &[&str]) -> (Network, Vec<NetworkProblem>) {
    let network: Network = match toml::from_str(text) {
        Ok(network) => network,
        Err(error) => {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = u32::try_from(before.matches('\n').count()).unwrap_or(0) + 1;
            let what = error.message().lines().collect::<Vec<_>>().join("; ");
            let try_this = "see content/hospitals/default.network.toml".to_owned();
            return (Network::default(), vec![NetworkProblem { line, what, try_this }]);
        }
    };
    let problems = check(&network, text, systems);
    (network, problems)
}

fn check(network: &Network, text: &str, systems: &[&str]) -> Vec<NetworkProblem> {
    let mut problems = Vec::new();
    let mut say = |id: &str, what: String, try_this: &str| {
        let declared = format!("id = \"{id}\"");
        let line = text.lines().position(|line| line.trim().starts_with(&declared)).unwrap_or(0);
        let line = u32::try_from(line).unwrap_or(0) + 1;
        problems.push(NetworkProblem { line, what, try_this: try_this.to_owned() });
    };
    let mut known = BTreeSet::new();
    let ids = network.rooms.iter().map(|one| &one.id);
    let ids =
        ids.chain(network.feeds.iter().map(|one| &one.id)).chain(network.coolers.iter().map(|one| &one.id));
    let ids = ids.chain(network.racks.iter().map(|one| &one.id));
    let ids =
        ids.chain(network.switches.iter().map(|one| &one.id)).chain(network.hosts.iter().map(|one| &one.id));
    for id in ids {
        if id.is_empty() || !known.insert(id.as_str()) {
            say(id, format!("'{id}' is no id, or there are two of it"), "give each its own");
        }
    }
    let mut named = |by: &str, id: &str, kind: &str| {
        if !known.contains(id) {
            say(by, format!("there is no {kind} '{id}'"), "declare it in this file, or correct its name");
        }
    };
    for rack in &network.racks {
        named(&rack.id, &rack.room, "room");
        rack.feeds.iter().for_each(|feed| named(&rack.id, feed, "feed"));
    }
    network.coolers.iter().for_each(|cooler| named(&cooler.id, &cooler.room, "room"));
    network.switches.iter().for_each(|switch| named(&switch.id, &switch.rack, "rack"));
    for host in &network.hosts {
        host.rack.iter().for_each(|rack| named(&host.id, rack, "rack"));
    }
    for link in &network.links {
        [&link.from, &link.to].into_iter().for_each(|end| named(&link.from, end, "host or switch"));
    }
    for system in systems.iter().filter(|system| network.host_of(system).is_none()) {
        say("", format!("system '{system}' runs nowhere"), "name it among the `systems` of a host");
    }
    for host in &network.hosts {
        for system in host.systems.iter().filter(|system| !systems.contains(&system.as_str())) {
            say(&host.id, format!("there is no system '{system}'"), "take an id from the hospital's file");
        }
        if network.hosts.first().is_some_and(|first| network.way(&first.id, &host.id).is_none()) {
            say(&host.id, format!("no cable leads to '{}'", host.id), "join it to a switch with a [[link]]");
        }
    }
    problems
}
