//! `lab.md`, with everything in the lab's folder.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::front;
use super::node::{self, Kind, Node};
use super::read_list::{day, small};
use super::read_script::script;
use super::read_variant::{Shared, variant};
use super::rules_lab;
use super::sink::Sink;
use super::tree::LabFiles;
use crate::lab::{Citation, Lab, Level, StartRole};
use crate::problem::Place;

/// Reads a lab from its files; nothing when it has no front matter to read.
pub(super) fn lab(slug: &str, files: &LabFiles<'_>, sink: &Sink) -> Option<Lab> {
    let path = format!("labs/{slug}/lab.md");
    let Some(file) = &files.lab else {
        sink.say(&Place::start(&path), "the lab has no lab.md", "write one, or remove the folder");
        return None;
    };
    let parts = front::split(&path, file.text, sink)?;
    let root = node::parse(&path, parts.front, parts.front_line, sink);
    let mut lab = front_matter(slug, &root, files, sink);
    lab.brief = parts.brief.trim().to_owned();
    let blank = parts.brief.len() - parts.brief.trim_start().len();
    let blank_lines = parts.brief[..blank].matches('\n').count();
    lab.brief_line = parts.brief_line.saturating_add(u32::try_from(blank_lines).unwrap_or(u32::MAX));
    rules_lab::check(&lab, files, sink);
    Some(lab)
}

fn front_matter(slug: &str, root: &Node, files: &LabFiles<'_>, sink: &Sink) -> Lab {
    let fields = Fields::new(root, "a lab", sink);
    let id = fields.need_text("id");
    if let Some(node) = fields.node("id").filter(|_| id != slug) {
        sink.say(&node.place, format!("the id `{id}` is not the folder's name"), format!("write `{slug}`"));
    }
    let level = |word: &str| Level::ALL.into_iter().find(|level| level.word() == word);
    let need = |key, shape, parse: fn(&str) -> Option<String>| {
        fields.need(key).and_then(|_| fields.parsed(key, shape, parse)).unwrap_or_default()
    };
    let lab = Lab {
        id: slug.to_owned(),
        version: need("version", "three numbers such as 1.0.0", version),
        title: fields.need_text("title"),
        summary: fields.need_text("summary"),
        level: fields
            .need("level")
            .and_then(|_| fields.parsed("level", "foundation, practitioner or expert", level))
            .unwrap_or(Level::Foundation),
        minutes: fields.need("minutes").and_then(|_| small(&fields, "minutes", 5, 240)).unwrap_or(30),
        competencies: competencies(&fields, sink),
        citations: fields.list("cites").iter().map(|node| citation(node, sink)).collect(),
        techniques: techniques(&fields),
        image: fields.need_text("image"),
        virtual_now_us: moment(&fields),
        role: start_role(&fields),
        brief: String::new(),
        brief_line: 1,
        debrief: debrief(&fields, sink),
        variants: variants(&fields, root, files, sink),
        solutions: files.solutions.iter().map(|file| script(file, files, sink)).collect(),
        wrongs: files.wrongs.iter().map(|file| script(file, files, sink)).collect(),
        place: root.place.clone(),
    };
    fields.close();
    lab
}

fn version(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('.').collect();
    (parts.len() == 3 && parts.iter().all(|part| part.parse::<u32>().is_ok())).then(|| text.to_owned())
}

/// Names as ATT&CK (`T1110.004`) and D3FEND (`D3-ANET`) have them.
fn techniques(fields: &Fields<'_>) -> Vec<String> {
    let is_attack = |text: &str| {
        let digits = |text: &str, count| text.len() == count && text.chars().all(|c| c.is_ascii_digit());
        let number = text.strip_prefix('T').unwrap_or_default();
        let (technique, part) = number.split_once('.').unwrap_or((number, "000"));
        digits(technique, 4) && digits(part, 3)
    };
    let is_defend = |text: &str| {
        let name = text.strip_prefix("D3-").unwrap_or_default();
        !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase())
    };
    for node in fields.list("techniques") {
        let text = fields.as_text(node, "techniques").unwrap_or_default();
        if !is_attack(&text) && !is_defend(&text) {
            let what = format!("`{text}` is no technique of ATT&CK and no countermeasure of D3FEND");
            fields.sink.say(&node.place, what, "write T1110.004 or D3-ANET");
        }
    }
    fields.texts("techniques")
}

fn moment(fields: &Fields<'_>) -> i64 {
    let parse = |text: &str| {
        let moment: jiff::civil::DateTime = text.trim_end_matches('Z').parse().ok()?;
        Some(jiff::tz::TimeZone::UTC.to_timestamp(moment).ok()?.as_microsecond())
    };
    let shape = "a moment in UTC such as 2031-03-04T06:40";
    fields.need("virtual_now").and_then(|_| fields.parsed("virtual_now", shape, parse)).unwrap_or(0)
}

fn start_role(fields: &Fields<'_>) -> Option<StartRole> {
    let place = fields.node("role")?.place.clone();
    let is_code = |text: &str| {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (!text.is_empty() && text.chars().all(fits)).then(|| text.to_owned())
    };
    let code = fields.parsed("role", "the code of a role of the hospital, such as nurse", is_code)?;
    Some(StartRole { code, place })
}

fn competencies(fields: &Fields<'_>, sink: &Sink) -> BTreeMap<String, f64> {
    fields.need("competencies");
    let mut weights = BTreeMap::new();
    for (id, field) in fields.entries("competencies") {
        #[allow(clippy::cast_precision_loss, reason = "a weight is a small number")]
        let weight = match field.node.kind {
            Kind::Number(number) => number,
            Kind::Whole(whole) => whole as f64,
            _ => {
                sink.say(&field.node.place, "a weight must be a number", "write 0.5");
                continue;
            }
        };
        weights.insert(id.clone(), weight);
    }
    weights
}

fn citation(node: &Node, sink: &Sink) -> Citation {
    let fields = Fields::new(node, "a citation", sink);
    let checked = fields.need("checked").and_then(|_| fields.parsed("checked", "a day, YYYY-MM-DD", day));
    let citation = Citation { name: fields.need_text("name"), checked: checked.unwrap_or_default() };
    fields.close();
    citation
}

fn debrief(fields: &Fields<'_>, sink: &Sink) -> Vec<String> {
    let Some(node) = fields.need("debrief") else { return Vec::new() };
    let debrief = Fields::new(node, "a debrief", sink);
    let ask = debrief.texts("ask");
    if ask.is_empty() {
        sink.say(
            debrief.place,
            "the debrief asks nothing",
            "add `ask`: questions that go on when the marks are green",
        );
    }
    debrief.close();
    ask
}

fn variants(fields: &Fields<'_>, root: &Node, files: &LabFiles<'_>, sink: &Sink) -> Vec<crate::lab::Variant> {
    let shared =
        Shared { params: fields.entries("params"), faults: fields.list("fault"), steps: fields.list("step") };
    fields.need("step");
    if files.variants.is_empty() {
        // Without variants the lab is read as it stands, so that its own problems are still found.
        let title = Node { place: root.place.clone(), kind: Kind::Text("as it stands".to_owned()) };
        let field = node::Field { key: root.place.clone(), node: title };
        let kind = Kind::Table([("title".to_owned(), field)].into());
        return vec![variant("base", &Node { place: root.place.clone(), kind }, &shared, sink)];
    }
    let read = |file: &super::tree::Text<'_>| {
        variant(file.id, &node::parse(file.path, file.text, 1, sink), &shared, sink)
    };
    files.variants.iter().map(read).collect()
}
