//! What is asked for and what is proven, in words.

use maud::{Markup, html};
use platform::portfolio::Work;
use platform::readiness::{About, Needed, Readiness, Said, State};

use crate::web::pages::portfolio::{help, named};
use crate::web::pages::words::{counted, day, iso, percent};
use crate::web::ui::{Column, Icon, Row, Tone, empty, facts, moment, table, tag, tag_with};

/// Who reads the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The learner, who can open their attempts and take the next lab.
    Learner,
    /// Somebody who was given a link.
    Guest,
}

fn state_tag(state: State) -> Markup {
    match state {
        State::Proven => tag_with(Tone::Good, Icon::Check, state.words()),
        State::Due | State::Changed => tag_with(Tone::Warn, Icon::Clock, state.words()),
        State::Easier | State::Helped => tag(Tone::Info, state.words()),
        State::Missing => tag(Tone::Neutral, state.words()),
    }
}

/// Each thing that the job asks for.
pub(super) fn summary(found: &Readiness, reader: Reader) -> Markup {
    html! { @for need in &found.needs { (needed(need, reader)) } }
}

fn needed(one: &Needed, reader: Reader) -> Markup {
    let standing = &one.standing;
    let when = html! { @match standing.last_us { Some(us) => (moment(&iso(us), &day(us))), None => span.quiet { "never" } } };
    let level = standing.level.map_or("none yet", |level| level.word());
    html! {
        h3 { (one.title) }
        p { (state_tag(one.need.state)) " " span.quiet { (one.need.why) } }
        @if standing.shown == 0 { p { "Asked for at " (one.need.wanted.word()) " level." } }
        @else {
            (facts(&[
                ("Asked for at", html! { (one.need.wanted.word()) }),
                ("Shown without help at", html! { (level) }),
                ("Without help", html! { (counted(standing.unaided, "time", "times")) " of " (standing.shown) }),
                ("Last shown", when),
            ]))
        }
        @if !one.best.is_empty() { (best(one, reader)) }
        @if reader == Reader::Learner {
            @match &one.next {
                Some(next) => p { "Next: " a href={ "/labs/" (next.lab) } { (next.title) } "." },
                None if one.need.state.is_gap() => p.quiet { "There is no lab for it here yet." },
                None => {},
            }
        }
    }
}

fn best(one: &Needed, reader: Reader) -> Markup {
    let columns =
        [Column::wide("Work"), Column::text("Finished"), Column::number("Worth"), Column::text("Help")];
    let row = |work: &Work| {
        Row::new(vec![
            html! { @if reader == Reader::Learner { (named(work)) } @else { (work.title) } @if !work.current { " " (tag(Tone::Warn, "changed since")) } },
            moment(&iso(work.at_us), &day(work.at_us)),
            html! { (percent(work.worth)) },
            html! { (help(work.help)) },
        ])
    };
    let rows: Vec<Row> = one.best.iter().map(row).collect();
    table(&format!("Best work for: {}", one.title), &columns, &rows, &html! {})
}

/// What supervisors said.
pub(super) fn said_cards(found: &Readiness) -> Markup {
    if found.said.is_empty() {
        let why = "Words come from the record of an apprenticeship: what a supervisor entrusted after seeing it done, and their evaluations.";
        return empty(Icon::Note, "Nobody has supervised this work yet", why, &html! {});
    }
    html! { ul.plain { @for said in &found.said { li { (spoken(said, found)) } } } }
}

fn spoken(said: &Said, found: &Readiness) -> Markup {
    let about = match &said.about {
        About::Trust(id, level, seen) => {
            let need = found.needs.iter().find(|need| need.need.competency == *id);
            let title = need.map_or(id.as_str(), |need| &need.title);
            let times = counted(*seen as usize, "time", "times");
            format!("{title}: entrusted at level {level} of 5, seen {times}")
        }
        About::Well => "What goes well".to_owned(),
        About::Next => "What is next".to_owned(),
    };
    html! {
        p { "“" (said.words) "”" br; span.quiet.small { (about) ". " (said.by) ", " (said.employer) ", " (moment(&iso(said.at_us), &day(said.at_us))) } }
    }
}
