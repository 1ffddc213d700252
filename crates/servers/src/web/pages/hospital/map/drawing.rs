//! The drawing. It says nothing that the table below it does not say, so it is one picture to those who cannot see it.

use maud::{Markup, html};
use platform::live::{HospitalMap, InterfaceView};

use super::places::{BOX_HEIGHT, BOX_WIDTH, ENGINE, Side, Spot, WIDTH, places};

/// Half the width of the engine's bar.
const BAR: u32 = 9;
/// The middle of the drawing, where the engine stands.
const MIDDLE: u32 = WIDTH / 2;

/// The whole picture.
pub(super) fn drawing(map: &HospitalMap) -> Markup {
    let (spots, height) = places(map);
    let engine = map.systems.iter().find(|system| system.id == ENGINE);
    html! {
        div.map-scroll role="region" aria-label="Map of systems" tabindex="0" {
            svg.map viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-label="Systems and the interfaces between them; the table of interfaces says the same." {
                @for interface in &map.interfaces {
                    g id={ "line-" (interface.id) } { (line(map, interface)) }
                }
                @if let Some(engine) = engine {
                    rect.map-engine x=(MIDDLE - BAR) y="8" width=(2 * BAR) height=(height - 16) rx="6" {}
                    text.map-engine-name x=(MIDDLE) y=(height / 2) transform={ "rotate(-90 " (MIDDLE) " " (height / 2) ")" } { (engine.title) }
                }
                @for spot in spots.values() { (system_box(spot)) }
            }
        }
    }
}

fn system_box(spot: &Spot<'_>) -> Markup {
    html! {
        rect.map-box x=(spot.x) y=(spot.y) width=(BOX_WIDTH) height=(BOX_HEIGHT) rx="5" {}
        text.map-name x=(spot.x + 10) y=(spot.y + 22) { (spot.system.title) }
    }
}

/// One interface: a line from who sends, through the engine where it carries messages, to who receives, with what waits.
pub(super) fn line(map: &HospitalMap, interface: &InterfaceView) -> Markup {
    let (spots, height) = places(map);
    let place = |id: &str, other: &Spot<'_>| match spots.get(id) {
        Some(spot) => (spot.port(), spot.side),
        // The engine is wherever the other end is level with it.
        None => ((MIDDLE, other.port().1), Side::Left),
    };
    let Some(ends) = spots.get(interface.from.as_str()).or_else(|| spots.get(interface.to.as_str())) else {
        return html! {};
    };
    let ((from_x, from_y), from_side) = place(&interface.from, ends);
    let ((to_x, to_y), to_side) = place(&interface.to, ends);
    let at = (from_y + to_y) / 2;
    let (at, inward) = (at.clamp(20, height.saturating_sub(20)), |side: Side| match side {
        Side::Left => MIDDLE - BAR,
        Side::Right => MIDDLE + BAR,
    });
    let lead = |x: u32, side: Side| if side == Side::Left { x + 70 } else { x - 70 };
    let (enter, leave) = (inward(from_side), inward(to_side));
    let path = format!(
        "M{from_x} {from_y} C{} {from_y} {} {at} {enter} {at} L{leave} {at} C{} {at} {} {to_y} {to_x} {to_y}",
        lead(from_x, from_side),
        lead_back(enter, from_side),
        lead_back(leave, to_side),
        lead(to_x, to_side),
    );
    let (x, y) = (lead(to_x, to_side), to_y);
    html! {
        path class={ "map-line map-" (look(interface)) } d=(path) {}
        @if interface.waiting > 0 {
            circle.map-count-ground cx=(x) cy=(y) r="11" {}
            text.map-count x=(x) y=(y + 4) { (short(interface.waiting)) }
        }
    }
}

/// The bend of a line as it meets the engine.
fn lead_back(x: u32, side: Side) -> u32 {
    if side == Side::Left { x - 60 } else { x + 60 }
}

/// One word for how a line looks.
fn look(interface: &InterfaceView) -> &'static str {
    match interface {
        one if one.standing != "up" => "closed",
        one if one.refused > 0 => "refused",
        one if one.waiting > 0 => "waiting",
        one if one.delivered > 0 => "flowing",
        one if !one.is_queued => "other",
        _ => "still",
    }
}

/// A count that fits into a small circle.
fn short(count: u64) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}
