//! What goes on at a hospital's systems and interfaces at a moment, now or then: what the status wall and the network are drawn from.

use std::collections::{BTreeMap, BTreeSet};

use hospital::topology::{Protocol, System};
use scenarios::network::{Flow, Known, NetworkStanding, stand};
use store::StoreError;
use store::journal::Filter;
use store::sandbox::systems::{Standing, Traffic};

use super::failed::failed_systems;
use super::network::{engine, network};
use super::records::locked_by_now;
use super::view::WallRow;
use crate::access::Access;
use crate::topology::topology;

/// Over how long traffic is counted.
pub(super) const HOUR_US: i64 = 3_600_000_000;
/// The journal kind of messages that arrived.
pub(super) const RECEIVED: &str = "hl7.received";

/// What is known of systems and interfaces at a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wires {
    /// Systems that fail, each with the reason.
    pub(super) failed: BTreeMap<String, String>,
    /// Interfaces that carry nothing, each with the reason.
    pub(super) closed: BTreeMap<String, String>,
    /// What each interface has carried.
    pub(super) traffic: Vec<Traffic>,
    /// Messages that arrived in the hour before, by interface.
    pub(super) per_hour: BTreeMap<String, u64>,
    /// Whether records stand there that cannot be read.
    pub(super) locked: bool,
}

/// How it is now. Looking leaves no trace: it shows no patient.
pub(super) fn wires_now(access: &Access) -> Result<Wires, StoreError> {
    let sandbox = access.sandbox();
    let now_us = access.virtual_us();
    let (traffic, standings, failed) = sandbox
        .view(|view| Ok::<_, StoreError>((view.traffic()?, view.standings()?, failed_systems(view)?)))?;
    let kinds = vec![RECEIVED.to_owned()];
    let entries =
        sandbox.journal(&Filter { kinds, newest_first: true, limit: 2_000, ..Filter::default() })?;
    let recent = entries.iter().map(|entry| &entry.event).filter(|event| event.virtual_us > now_us - HOUR_US);
    let mut per_hour = BTreeMap::new();
    for id in recent.filter_map(|event| event.detail["interface"].as_str()) {
        *per_hour.entry(id.to_owned()).or_default() += 1;
    }
    let closed = standings.into_iter().map(|one: Standing| (one.interface, one.reason)).collect();
    Ok(Wires { failed, closed, traffic, per_hour, locked: locked_by_now(access)? > 0 })
}

impl Wires {
    /// How the network stands.
    pub(super) fn network(&self) -> NetworkStanding {
        let infected = if self.locked { BTreeSet::from(["EHR".to_owned()]) } else { BTreeSet::default() };
        let flows = topology().interfaces.iter().map(|interface| Flow {
            interface: interface.id.clone(),
            from: interface.from.clone(),
            through: (interface.protocol == Protocol::Mllp).then(engine),
            to: interface.to.clone(),
            per_hour: self.per_hour.get(&interface.id).copied().unwrap_or(0),
            waiting: self.of(&interface.id).map_or(0, |one| one.waiting),
            closed: self.closed.get(&interface.id).cloned(),
        });
        let failed = self.failed.clone();
        stand(network(), &Known { failed, infected, flows: flows.collect(), ..Known::default() })
    }

    /// Every system that has interfaces, in the order of the hospital's file.
    pub(super) fn wall(&self) -> Vec<WallRow> {
        let rows = topology().systems.iter().map(|system| self.row(system));
        rows.filter(|row| row.failed.is_some() || row.closed.1 > 0).collect()
    }

    fn row(&self, system: &System) -> WallRow {
        let ends = topology().interfaces.iter();
        let own: Vec<&str> = ends
            .filter(|one| one.from == system.id || one.to == system.id)
            .map(|one| one.id.as_str())
            .collect();
        let sum = |count: fn(&Traffic) -> u64| own.iter().filter_map(|id| self.of(id)).map(count).sum();
        WallRow {
            failed: self.failed.get(&system.id).cloned(),
            closed: (own.iter().filter(|id| self.closed.contains_key(**id)).count(), own.len()),
            waiting: sum(|one| one.waiting),
            missing: sum(|one| one.refused + one.lost),
            system: system.id.clone(),
            title: system.title.clone(),
        }
    }

    fn of(&self, interface: &str) -> Option<&Traffic> {
        self.traffic.iter().find(|one| one.interface == interface)
    }
}
