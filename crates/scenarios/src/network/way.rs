use std::collections::{BTreeMap, VecDeque};

use super::model::Network;

/// A way through the network: the places of its links, in order from the sender.
pub type Way = Vec<usize>;

impl Network {
    /// The fewest cables from one machine or switch to another; of equal ones, those named first. `None` where no cable leads.
    #[must_use]
    pub fn way(&self, from: &str, to: &str) -> Option<Way> {
        let mut came: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        let mut next = VecDeque::from([from]);
        while let Some(here) = next.pop_front() {
            if here == to {
                return Some(self.back(&came, from, to));
            }
            for (place, link) in self.links.iter().enumerate() {
                let there = match (link.from == here, link.to == here) {
                    (true, _) => link.to.as_str(),
                    (_, true) => link.from.as_str(),
                    _ => continue,
                };
                if there != from && !came.contains_key(there) {
                    came.insert(there, (place, here));
                    next.push_back(there);
                }
            }
        }
        None
    }

    fn back(&self, came: &BTreeMap<&str, (usize, &str)>, from: &str, to: &str) -> Way {
        let mut way = Way::new();
        let mut here = to;
        while here != from {
            let Some((place, before)) = came.get(here) else { break };
            way.push(*place);
            here = before;
        }
        way.reverse();
        way
    }
}
