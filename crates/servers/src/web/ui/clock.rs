//! The hospital's own time.

use maud::{Markup, html};

/// A reading of the virtual clock.
#[derive(Debug, Clone, Copy)]
pub struct Clock<'a> {
    /// Local date and time of the hospital without an offset, for example `2031-03-04T06:52:10`.
    pub at: &'a str,
    /// The day in words, for example `Tue 4 Mar 2031`.
    pub day: &'a str,
    /// Hospital seconds for each of ours; 0 is paused.
    pub rate: u32,
}

/// The virtual clock of the page's head. An island carries it on from here.
#[must_use]
pub fn clock(clock: &Clock<'_>) -> Markup {
    let hour = clock.at.get(11..13).unwrap_or("--");
    let minute = clock.at.get(14..16).unwrap_or("--");
    html! {
        virtual-clock at=(clock.at) rate=(clock.rate) {
            span.clock data-paused[clock.rate == 0] title="The hospital's own time" {
                span.visually-hidden { "Hospital time " }
                b { span data-hour { (hour) } span.tick { ":" } span data-minute { (minute) } }
                span data-day { (clock.day) }
                span.clock-rate { @if clock.rate == 0 { "paused" } @else { (clock.rate) "×" } }
            }
        }
    }
}
