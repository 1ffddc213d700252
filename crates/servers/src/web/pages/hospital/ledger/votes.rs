//! The drawing of one block: time goes to the right, each validator has a lane. It says nothing that the table below does not.

use maud::{Markup, html};
use platform::consensus::{Played, Said};

const WIDTH: u64 = 1000;
const LEFT: u64 = 96;
const RIGHT: u64 = 24;
const TOP: u64 = 34;
const LANE: u64 = 48;

/// The part of time that a block takes, and how it is laid out.
struct Scale<'a> {
    from_ms: u64,
    to_ms: u64,
    lanes: Vec<&'a str>,
}

impl Scale<'_> {
    fn x(&self, at_ms: u64) -> u64 {
        let (span, room) = ((self.to_ms - self.from_ms).max(1), WIDTH - LEFT - RIGHT);
        LEFT + at_ms.clamp(self.from_ms, self.to_ms).saturating_sub(self.from_ms) * room / span
    }

    fn y(&self, validator: &str) -> u64 {
        let lane = self.lanes.iter().position(|name| *name == validator).unwrap_or_default();
        TOP + 10 + lane as u64 * LANE
    }
}

/// One block.
pub(super) fn drawing(played: &Played, height: u32) -> Markup {
    let Some(scale) = scale(played, height) else { return html! {} };
    let values = values(played, height);
    let messages = played.messages.iter().filter(|message| message.height == height);
    let bottom = TOP + LANE * scale.lanes.len() as u64;
    let about =
        format!("Block {height}: who said what, and when it came. The table of messages says the same.");
    html! {
        h3 { "Block " (height) }
        div.vote-scroll role="region" aria-label={ "Block " (height) } tabindex="0" {
            svg.votes viewBox={ "0 0 " (WIDTH) " " (bottom) } role="img" aria-label=(about) {
                @for name in &scale.lanes {
                    line.vote-lane x1=(LEFT) x2=(WIDTH - RIGHT) y1=(scale.y(name)) y2=(scale.y(name)) {}
                    text.vote-name x="8" y=(scale.y(name) + 4) { (name) }
                }
                @for tick in ticks(&scale) {
                    line.vote-tick x1=(scale.x(tick)) x2=(scale.x(tick)) y1="20" y2=(bottom) {}
                    text.vote-time x=(scale.x(tick)) y="14" { (tick) " ms" }
                }
                @for begun in played.rounds.iter().filter(|one| one.height == height && one.round > 0) {
                    @let (x, y) = (scale.x(begun.at_ms), scale.y(begun.validator));
                    line.vote-round data-step=(step(played, begun.at_ms)) x1=(x) x2=(x) y1=(y - 16) y2=(y + 16) {}
                    text.vote-time data-step=(step(played, begun.at_ms)) x=(x) y=(y - 18) { "round " (begun.round) }
                }
                @for message in messages { (said(&scale, message, &values)) }
                @for one in played.decisions.iter().filter(|one| one.height == height) {
                    @let (x, y) = (scale.x(one.at_ms), scale.y(one.validator));
                    g.vote-decision.(class(&values, Some(&one.value))) data-step=(step(played, one.at_ms)) {
                        circle cx=(x) cy=(y) r="12" {}
                        circle cx=(x) cy=(y) r="8" {}
                    }
                }
            }
        }
        ul.vote-values {
            @for value in &values { li.(class(&values, Some(value))) { (value) } }
        }
    }
}

fn said(scale: &Scale<'_>, message: &Said, values: &[&str]) -> Markup {
    let (x, y) = (scale.x(message.sent_ms), scale.y(message.from));
    html! {
        g.vote.(class(values, message.value.as_deref())) data-step=(message.number + 1) {
            @for to in &message.to {
                line x1=(x) y1=(y) x2=(scale.x(to.arrives_ms)) y2=(scale.y(to.validator)) {}
            }
            @match message.kind {
                "proposal" => rect x=(x - 7) y=(y - 7) width="14" height="14" {},
                "precommit" => path d={ "M" (x) " " (y - 8) "l8 8-8 8-8-8z" } {},
                _ => circle cx=(x) cy=(y) r="6" {},
            }
            title { (message.number) ": " (message.from) ", " (message.kind) " for " (message.value.as_deref().unwrap_or("nothing")) }
        }
    }
}

fn scale(played: &Played, height: u32) -> Option<Scale<'_>> {
    let begun = played.rounds.iter().filter(|one| one.height == height).map(|one| one.at_ms);
    let sent = played.messages.iter().filter(|one| one.height == height);
    let came = sent.flat_map(|one| one.to.iter().map(|to| to.arrives_ms).chain([one.sent_ms]));
    let decided = played.decisions.iter().filter(|one| one.height == height).map(|one| one.at_ms);
    let lanes = played.validators.iter().map(|validator| validator.name).collect();
    Some(Scale { from_ms: begun.min()?, to_ms: came.chain(decided).max()?, lanes })
}

/// What the block's messages are for, in the order in which it was first named.
fn values(played: &Played, height: u32) -> Vec<&str> {
    let mut values: Vec<&str> = Vec::new();
    for value in
        played.messages.iter().filter(|one| one.height == height).filter_map(|one| one.value.as_deref())
    {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

fn class(values: &[&str], value: Option<&str>) -> &'static str {
    let at = value.and_then(|value| values.iter().position(|one| *one == value));
    match at.map(|at| at % 4) {
        None => "vote-nil",
        Some(0) => "vote-first",
        Some(1) => "vote-second",
        Some(2) => "vote-third",
        Some(_) => "vote-fourth",
    }
}

/// After how many messages something that happened at a time is shown.
fn step(played: &Played, at_ms: u64) -> usize {
    played.messages.iter().filter(|message| message.sent_ms <= at_ms).count()
}

/// Whole hundreds of milliseconds, ten of them at most.
fn ticks(scale: &Scale<'_>) -> Vec<u64> {
    let span = scale.to_ms - scale.from_ms;
    let every = [50, 100, 200, 500, 1_000, 2_000, 5_000]
        .into_iter()
        .find(|every| span / every <= 9)
        .unwrap_or(10_000);
    (scale.from_ms.div_ceil(every)..=scale.to_ms / every).map(|nth| nth * every).collect()
}
