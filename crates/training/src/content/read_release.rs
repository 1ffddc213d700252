//! Checks of kind `release`.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::read_bounds::measured;
use super::sink::Sink;
use crate::lab::{CheckKind, Protocol, ReleaseMeasure, ReleaseTest, Step};

/// What stands between two bands.
const BETWEEN: char = '|';

/// Reads the protocol, or whose it is, the measure and its bound.
pub(super) fn release(fields: &Fields<'_>, sink: &Sink) -> Option<ReleaseTest> {
    let read = measured(fields, "measure", &ReleaseMeasure::ALL, ReleaseMeasure::word);
    let protocol_of = fields.text("protocol_of");
    let protocol = match protocol_of {
        Some(_) => Protocol::default(),
        None => protocol(fields, sink),
    };
    let (measure, bounds) = read?;
    Some(ReleaseTest { protocol, protocol_of, measure, bounds })
}

fn protocol(fields: &Fields<'_>, sink: &Sink) -> Protocol {
    let texts = |key| {
        let of = |(name, field): (&String, &super::node::Field)| {
            fields.as_text(&field.node, name).map(|text| (name.clone(), text))
        };
        fields.entries(key).into_iter().filter_map(of).collect::<Vec<_>>()
    };
    let telling: Vec<(String, String)> = texts("telling");
    if telling.is_empty() {
        let remedy = "add telling = { born = \"patients.birth_date\" }";
        sink.say(fields.place, "it is not said which columns others know of people too", remedy);
    }
    for (name, known) in telling.iter().filter(|(_, known)| known.split_once('.').is_none()) {
        let what = format!("`{name}` is known from `{known}`, which is no column of a table");
        sink.say(fields.place, what, "write TABLE.COLUMN, such as patients.birth_date");
    }
    let bands = texts("bands");
    for (name, _) in bands.iter().filter(|(name, _)| !telling.iter().any(|(own, _)| own == name)) {
        let what = format!("there are bands of `{name}`, which is not in `telling`");
        sink.say(fields.place, what, "name a column of `telling`");
    }
    let split = |(name, text): (String, String)| {
        (name, text.split(BETWEEN).map(|band| band.trim().to_owned()).collect())
    };
    Protocol {
        question: fields.need_text("question"),
        person: fields.need_text("person"),
        telling,
        besides: fields.texts("besides"),
        bands: bands.into_iter().map(split).collect(),
        about: fields.need_text("about"),
    }
}

/// Gives every check that names another one's protocol this protocol.
pub(super) fn share_protocols(steps: &mut [Step], sink: &Sink) {
    let all = steps.iter().flat_map(|step| &step.checks);
    let own: BTreeMap<String, Protocol> = all
        .filter_map(|check| match &check.kind {
            CheckKind::Release(test) if test.protocol_of.is_none() => {
                Some((check.id.clone(), test.protocol.clone()))
            }
            _ => None,
        })
        .collect();
    for check in steps.iter_mut().flat_map(|step| &mut step.checks) {
        let CheckKind::Release(test) = &mut check.kind else { continue };
        let Some(name) = &test.protocol_of else { continue };
        match own.get(name) {
            Some(protocol) => test.protocol.clone_from(protocol),
            None => sink.say(
                &check.place,
                format!("`protocol_of` names `{name}`, which has no protocol"),
                "name a check of kind release that has `telling`",
            ),
        }
    }
}
