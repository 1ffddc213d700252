//! Where a connection or a message crosses the edge of a network segment.

use hospital::topology::{Interface, Protocol, Segment};
use security::response::{Door, Measure};
use security::telemetry::Signal;
use store::StoreError;

use super::kept::all;
use crate::access::Access;
use crate::topology::topology;

/// The parts of the hospital's network.
pub fn network() -> &'static [Segment] {
    &topology().segments
}

/// The segment that keeps a connection from an address to a system out, if one does.
pub(crate) fn cut(
    access: &Access,
    address: &str,
    system: &str,
    door: Door,
) -> Result<Option<String>, StoreError> {
    let topology = topology();
    let Some(from) = topology.segment_at(address) else { return Ok(None) };
    let to = topology.system(system).and_then(|system| system.segment.as_deref());
    let found = access.sandbox().view(all)?.into_iter().find_map(|one| match one.measure {
        Measure::IsolateSegment { segment, allow }
            if !allow.contains(&door) && edges(&segment, Some(from.id.as_str()), to) =>
        {
            Some(segment)
        }
        _ => None,
    });
    Ok(found)
}

/// The interfaces that cross the edge of a segment and are not allowed to.
pub(super) fn crossing(segment: &str, allow: &[Door]) -> impl Iterator<Item = &'static Interface> {
    topology().interfaces.iter().filter(move |interface| is_cut(interface, segment, allow))
}

/// Whether an interface is one of them.
pub(super) fn crosses(interface: &str, segment: &str, allow: &[Door]) -> bool {
    topology().interface(interface).is_some_and(|interface| is_cut(interface, segment, allow))
}

fn is_cut(interface: &Interface, segment: &str, allow: &[Door]) -> bool {
    let of = |id: &str| topology().system(id).and_then(|system| system.segment.as_deref());
    !allow.contains(&door_of(interface.protocol)) && edges(segment, of(&interface.from), of(&interface.to))
}

/// Whether something that was journalled crossed the edge: by its address, or else by the system it came from.
pub(super) fn crossed(signal: &Signal, segment: &str) -> bool {
    let topology = topology();
    let of = |name: &str| {
        topology.system(signal.text(name).unwrap_or_default()).and_then(|system| system.segment.as_deref())
    };
    let address = signal.text("address").map(host).and_then(|address| topology.segment_at(address));
    let from = address.map(|segment| segment.id.as_str()).or_else(|| of("source"));
    // What comes from nowhere on the network crosses nothing.
    from.is_some() && edges(segment, from, of("target"))
}

/// An address without its port.
fn host(address: &str) -> &str {
    match address.rsplit_once(':') {
        Some((host, _)) if !host.contains(':') => host,
        _ => address,
    }
}

/// Whether one end lies inside and the other does not.
fn edges(segment: &str, from: Option<&str>, to: Option<&str>) -> bool {
    (from == Some(segment)) != (to == Some(segment))
}

fn door_of(protocol: Protocol) -> Door {
    match protocol {
        Protocol::Mllp => Door::Mllp,
        Protocol::Dicom => Door::Dicom,
        _ => Door::Https,
    }
}
