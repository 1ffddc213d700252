use core::net::{IpAddr, Ipv4Addr};

use serde::Deserialize;

use super::model::Topology;

/// A part of the network.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its addresses, such as `10.20.0.0/16` (RFC 4632, 3.1); none for what lies outside.
    pub nets: Vec<String>,
}

impl Segment {
    fn holds(&self, address: Ipv4Addr) -> bool {
        self.nets.iter().filter_map(|text| net(text)).any(|(first, bits)| {
            let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
            u32::from(address) & mask == u32::from(first) & mask
        })
    }
}

/// The first address of a net, and how many bits all its addresses share.
pub(super) fn net(text: &str) -> Option<(Ipv4Addr, u32)> {
    let (first, bits) = text.split_once('/')?;
    let bits = bits.parse().ok().filter(|bits| *bits <= 32)?;
    Some((first.parse().ok()?, bits))
}

impl Topology {
    /// A segment by its id.
    pub fn segment(&self, id: &str) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.id == id)
    }

    /// The segment of an address: what no segment names lies outside. Nothing for what is no address.
    pub fn segment_at(&self, address: &str) -> Option<&Segment> {
        let outside = || self.segments.iter().find(|segment| segment.nets.is_empty());
        match address.parse().ok()? {
            IpAddr::V4(address) => {
                self.segments.iter().find(|segment| segment.holds(address)).or_else(outside)
            }
            IpAddr::V6(_) => outside(),
        }
    }
}
