//! Tracks and competencies.

use super::catalogue::{Alignment, Competency, Track};
use super::fields::Fields;
use super::node;
use super::sink::Sink;
use super::tree::Text;
use crate::problem::Place;

/// Reads `tracks/SLUG.toml`.
pub(super) fn track(file: &Text<'_>, sink: &Sink) -> Track {
    let root = node::parse(file.path, file.text, 1, sink);
    let fields = Fields::new(&root, "a track", sink);
    let track = Track {
        id: file.id.to_owned(),
        title: fields.need_text("title"),
        about: fields.need_text("about"),
        order: fields.need("order").and_then(|_| small(&fields, "order", 1, 1000)).unwrap_or(1000),
        labs: fields.texts("labs"),
        drills: fields.texts("drills"),
        place: fields.field("labs").map_or_else(|| Place::start(file.path), |field| field.key.clone()),
    };
    fields.close();
    track
}

/// Reads `competencies/*.toml`: a list of `[[competency]]`.
pub(super) fn competencies(file: &Text<'_>, sink: &Sink) -> Vec<Competency> {
    let root = node::parse(file.path, file.text, 1, sink);
    let fields = Fields::new(&root, "a competency file", sink);
    let read = |node| {
        let fields = Fields::new(node, "a competency", sink);
        let competency = Competency {
            id: fields.need_text("id"),
            title: fields.need_text("title"),
            alignments: fields.list("alignment").iter().map(|node| alignment(node, sink)).collect(),
            place: fields.place.clone(),
        };
        if competency.alignments.is_empty() {
            let what = "a competency is aligned to no framework";
            sink.say(&competency.place, what, "add at least one [[competency.alignment]]");
        }
        fields.close();
        competency
    };
    let all = fields.list("competency").iter().map(read).collect();
    fields.close();
    all
}

fn alignment(node: &node::Node, sink: &Sink) -> Alignment {
    let fields = Fields::new(node, "an alignment", sink);
    let alignment = Alignment {
        framework: fields.need_text("framework"),
        version: fields.need_text("version"),
        code: fields.need_text("code"),
        url: fields.text("url"),
        read: fields
            .need("read")
            .and_then(|_| fields.parsed("read", "a day, YYYY-MM-DD", day))
            .unwrap_or_default(),
    };
    fields.close();
    alignment
}

/// A day as `YYYY-MM-DD`, kept as text.
pub(super) fn day(text: &str) -> Option<String> {
    (text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()).then(|| text.to_owned())
}

/// A small whole number.
pub(super) fn small(fields: &Fields<'_>, key: &'static str, min: u32, max: u32) -> Option<u32> {
    fields.whole(key, i64::from(min), i64::from(max)).and_then(|whole| u32::try_from(whole).ok())
}
