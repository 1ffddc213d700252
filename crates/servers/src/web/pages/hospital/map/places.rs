//! Where each system stands in the drawing: those that send on the left, the others on the right, the engine between.

use std::collections::BTreeMap;

use platform::live::{HospitalMap, SystemView};

/// The drawing is so wide, in units of its own.
pub(super) const WIDTH: u32 = 960;
/// A box.
pub(super) const BOX_WIDTH: u32 = 230;
pub(super) const BOX_HEIGHT: u32 = 34;
/// From one box to the next.
const PITCH: u32 = 46;
/// Around everything.
const MARGIN: u32 = 12;
/// The id of the system that is drawn as a bar in the middle.
pub(super) const ENGINE: &str = "ENGINE";

/// A side of the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// A box of the drawing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) system: &'a SystemView,
    pub(super) side: Side,
    pub(super) x: u32,
    pub(super) y: u32,
}

impl Spot<'_> {
    /// Where lines meet the box: the middle of the edge that faces the engine.
    pub(super) fn port(&self) -> (u32, u32) {
        let x = if self.side == Side::Left { self.x + BOX_WIDTH } else { self.x };
        (x, self.y + BOX_HEIGHT / 2)
    }
}

/// Every box, by the id of its system, and how high the drawing is.
pub(super) fn places(map: &HospitalMap) -> (BTreeMap<&str, Spot<'_>>, u32) {
    let sends = |system: &SystemView| map.interfaces.iter().any(|one| one.is_queued && one.from == system.id);
    let systems = || map.systems.iter().filter(|system| system.id != ENGINE);
    let left: Vec<&SystemView> = systems().filter(|system| sends(system)).collect();
    let right: Vec<&SystemView> = systems().filter(|system| !sends(system)).collect();
    let rows = u32::try_from(left.len().max(right.len())).unwrap_or_default().max(1);
    let height = 2 * MARGIN + rows * PITCH;
    let mut spots = BTreeMap::new();
    for (side, column, x) in [(Side::Left, left, MARGIN), (Side::Right, right, WIDTH - MARGIN - BOX_WIDTH)] {
        let count = u32::try_from(column.len()).unwrap_or_default().max(1);
        // The shorter column is spread over the height of the longer one.
        let step = rows * PITCH / count;
        for (row, system) in (0_u32..).zip(column) {
            let y = MARGIN + row * step + (step - BOX_HEIGHT) / 2;
            spots.insert(system.id.as_str(), Spot { system, side, x, y });
        }
    }
    (spots, height)
}

#[cfg(test)]
mod tests {
    use platform::topology::topology;

    use super::*;

    fn map() -> HospitalMap {
        let hospital = topology();
        let systems = hospital.systems.iter().map(|system| SystemView {
            id: system.id.clone(),
            title: system.title.clone(),
            about: system.about.clone(),
            host: system.host.clone(),
            shares: None,
            records: Vec::new(),
            keeps_people: false,
        });
        HospitalMap {
            title: hospital.title.clone(),
            now_us: 0,
            living: false,
            playing: false,
            systems: systems.collect(),
            interfaces: Vec::new(),
        }
    }

    #[test]
    fn no_two_boxes_touch_and_none_leaves_the_drawing() {
        let map = map();
        let (spots, height) = places(&map);
        assert_eq!(spots.len(), map.systems.len() - 1);
        for (id, spot) in &spots {
            assert!(spot.x + BOX_WIDTH <= WIDTH && spot.y + BOX_HEIGHT <= height, "{id}");
            let touches = |other: &Spot<'_>| spot.x == other.x && spot.y.abs_diff(other.y) < BOX_HEIGHT;
            assert!(spots.iter().all(|(other, place)| other == id || !touches(place)), "{id}");
        }
    }
}
