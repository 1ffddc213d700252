//! What must hold between the parts of a hospital.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Device, Interface, Protocol, Role, Shift, System, Topology, Unit};
use super::problem::Problem;
use super::read::Placed;
use super::segment::{Segment, net};
use crate::staff::ROLES;

/// The lists of a file, each entry with its line.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) units: Vec<Placed<Unit>>,
    pub(super) shifts: Vec<Placed<Shift>>,
    pub(super) roles: Vec<Placed<Role>>,
    pub(super) devices: Vec<Placed<Device>>,
    pub(super) segments: Vec<Placed<Segment>>,
    pub(super) systems: Vec<Placed<System>>,
    pub(super) interfaces: Vec<Placed<Interface>>,
}

impl Lists {
    pub(super) fn into(self, topology: Topology) -> Topology {
        Topology {
            units: plain(self.units),
            shifts: plain(self.shifts),
            roles: plain(self.roles),
            devices: plain(self.devices),
            segments: plain(self.segments),
            systems: plain(self.systems),
            interfaces: plain(self.interfaces),
            ..topology
        }
    }
}

fn plain<T>(placed: Vec<Placed<T>>) -> Vec<T> {
    placed.into_iter().map(|one| one.value).collect()
}

/// Finds everything that does not fit together.
pub(super) fn check(topology: &Topology, lists: &Lists, problems: &mut Vec<Problem>) {
    let mut say = |line: u32, what: String, try_this: &str| {
        problems.push(Problem { line, what, try_this: try_this.to_owned() });
    };
    for (name, value) in [("id", &topology.id), ("title", &topology.title), ("facility", &topology.facility)]
    {
        if value.is_empty() {
            say(1, format!("the hospital has no {name}"), "give it one at the top of the file");
        }
    }
    let units = ids("unit", lists.units.iter().map(|one| (one.line, one.value.id.as_str())), &mut say);
    let shifts = ids("shift", lists.shifts.iter().map(|one| (one.line, one.value.id.as_str())), &mut say);
    ids("role", lists.roles.iter().map(|one| (one.line, one.value.id.as_str())), &mut say);
    ids("device", lists.devices.iter().map(|one| (one.line, one.value.id.as_str())), &mut say);
    let segments =
        ids("segment", lists.segments.iter().map(|one| (one.line, one.value.id.as_str())), &mut say);
    let systems = ids("system", lists.systems.iter().map(|one| (one.line, one.value.id.as_str())), &mut say);
    ids("interface", lists.interfaces.iter().map(|one| (one.line, one.value.id.as_str())), &mut say);
    for Placed { line, value } in &lists.units {
        unit(*line, value, &mut say);
    }
    for Placed { line, value } in &lists.shifts {
        if !is_time(&value.begins) || !(1..=24).contains(&value.hours) {
            say(
                *line,
                format!("shift '{}' has no such time", value.id),
                "write begins = \"07:00\", and 1 to 24 hours",
            );
        }
    }
    for Placed { line, value } in &lists.roles {
        known("shift", &value.shifts, &shifts, *line, &mut say);
        let matrix = value.matrix.as_deref();
        if matrix.is_some_and(|code| ROLES.iter().all(|role| role.code != code)) {
            say(
                *line,
                format!("role '{}' signs in as nobody the matrix has", value.id),
                "take a code of the role matrix",
            );
        }
    }
    for Placed { line, value } in &lists.devices {
        known("unit", &value.units, &units, *line, &mut say);
        known("system", &value.reports_to, &systems, *line, &mut say);
    }
    for Placed { line, value } in &lists.segments {
        for wrong in value.nets.iter().filter(|text| net(text).is_none()) {
            say(*line, format!("'{wrong}' is no net"), "write its first address and its bits: 10.20.0.0/16");
        }
    }
    for Placed { line, value } in &lists.systems {
        system(*line, value, &systems, &mut say);
        known("segment", &value.segment, &segments, *line, &mut say);
    }
    let mut ports = BTreeMap::new();
    for Placed { line, value } in &lists.interfaces {
        interface(*line, value, &systems, &mut say);
        if value.protocol == Protocol::Mllp
            && let Some(other) = ports.insert(value.port, &value.id)
        {
            say(
                *line,
                format!("port {} is taken by interface '{other}'", value.port),
                "give each its own port",
            );
        }
    }
}

fn ids<'a>(
    what: &str,
    all: impl Iterator<Item = (u32, &'a str)>,
    say: &mut impl FnMut(u32, String, &str),
) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    for (line, id) in all {
        let good = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if id.is_empty() || !id.chars().all(good) {
            say(line, format!("'{id}' cannot be the id of a {what}"), "use letters, digits and hyphens");
        }
        if !seen.insert(id) {
            say(line, format!("there are two {what}s '{id}'"), "give each its own id");
        }
    }
    seen
}

fn known<'a>(
    what: &str,
    named: impl IntoIterator<Item = &'a String>,
    there: &BTreeSet<&str>,
    line: u32,
    say: &mut impl FnMut(u32, String, &str),
) {
    for name in named.into_iter().filter(|name| !there.contains(name.as_str())) {
        say(line, format!("there is no {what} '{name}'"), "declare it in this file, or correct its name");
    }
}

fn unit(line: u32, unit: &Unit, say: &mut impl FnMut(u32, String, &str)) {
    if unit.taken > unit.beds {
        let what = format!("unit '{}' has {} of {} beds taken", unit.id, unit.taken, unit.beds);
        say(line, what, "take no more beds than there are");
    }
    if unit.beds > 0 && unit.patients_per_nurse == 0 {
        say(line, format!("nobody nurses unit '{}'", unit.id), "say patients_per_nurse");
    }
}

fn system(line: u32, system: &System, systems: &BTreeSet<&str>, say: &mut impl FnMut(u32, String, &str)) {
    known("system", &system.store, systems, line, say);
    if system.store.as_ref() == Some(&system.id) {
        say(line, format!("system '{}' shares its own store", system.id), "leave `store` out");
    }
    if system.turnaround_min.is_some_and(|[least, most]| least == 0 || least > most) {
        let what = format!("the turnaround of system '{}' is no span of minutes", system.id);
        say(line, what, "write the least and the most, such as [25, 70]");
    }
}

fn interface(line: u32, one: &Interface, systems: &BTreeSet<&str>, say: &mut impl FnMut(u32, String, &str)) {
    known("system", [&one.from, &one.to], systems, line, say);
    if one.from == one.to {
        say(line, format!("interface '{}' goes from a system to itself", one.id), "name two systems");
    }
    if one.events.is_empty() {
        say(line, format!("interface '{}' carries nothing", one.id), "list its events");
    }
    let is_v2 = one.protocol == Protocol::Mllp;
    if is_v2 != one.version.is_some() {
        let what = format!("interface '{}' has a version, or lacks one", one.id);
        say(line, what, "mllp has the version of HL7 v2, nothing else has one");
    }
    for event in one.events.iter().filter(|event| is_v2 && !is_event(event)) {
        say(line, format!("'{event}' is no event of HL7 v2"), "write type and trigger, such as ADT^A01");
    }
}

/// A type and a trigger event: `ADT^A01`.
fn is_event(event: &str) -> bool {
    let upper =
        |text: &str| text.len() == 3 && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    event.split_once('^').is_some_and(|(kind, trigger)| upper(kind) && upper(trigger))
}

fn is_time(text: &str) -> bool {
    let number = |text: &str| text.len() == 2 && text.chars().all(|c| c.is_ascii_digit());
    text.split_once(':')
        .is_some_and(|(hours, minutes)| number(hours) && number(minutes) && hours < "24" && minutes < "60")
}
