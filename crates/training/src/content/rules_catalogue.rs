//! What must hold between labs, tracks and competencies.

use std::collections::BTreeSet;

use super::catalogue::Catalogue;
use super::rules_lab::is_slug;
use super::rules_text::links;
use super::sink::Sink;

/// Checks ids and links across the whole catalogue.
pub(super) fn check(catalogue: &Catalogue, sink: &Sink) {
    competencies(catalogue, sink);
    tracks(catalogue, sink);
    let known: BTreeSet<&str> =
        catalogue.competencies.iter().map(|competency| competency.id.as_str()).collect();
    for lab in &catalogue.labs {
        for id in lab.competencies.keys().filter(|id| !known.contains(id.as_str())) {
            let what = format!("there is no competency `{id}`");
            sink.say(&lab.place, what, "declare it in competencies/*.toml, or use one that is there");
        }
        for (link, place) in links(lab) {
            let missing = match link.split_once('#').map_or(link, |(page, _)| page) {
                page if page.starts_with("/labs/") => catalogue.lab(&page["/labs/".len()..]).is_none(),
                page if page.starts_with("/tracks/") => catalogue.track(&page["/tracks/".len()..]).is_none(),
                _ => false,
            };
            if missing {
                sink.say(
                    &place,
                    format!("the link `{link}` leads nowhere"),
                    "link to a lab or track that is there",
                );
            }
        }
    }
}

fn competencies(catalogue: &Catalogue, sink: &Sink) {
    let mut seen = BTreeSet::new();
    for competency in &catalogue.competencies {
        let is_id = competency.id.split_once('.').is_some_and(|(area, rest)| is_slug(area) && is_slug(rest));
        if !is_id {
            let what = format!("`{}` is not a competency id", competency.id);
            sink.say(
                &competency.place,
                what,
                "write area.verb-object in lower case, such as fhir.read-resources",
            );
        }
        if !seen.insert(&competency.id) {
            let what = format!("the competency `{}` is declared twice", competency.id);
            sink.say(&competency.place, what, "keep one of them");
        }
    }
}

fn tracks(catalogue: &Catalogue, sink: &Sink) {
    for track in &catalogue.tracks {
        let mut seen = BTreeSet::new();
        for id in &track.labs {
            if catalogue.lab(id).is_none() {
                sink.say(&track.place, format!("there is no lab `{id}`"), "name a folder of labs/");
            }
            if !seen.insert(id) {
                sink.say(
                    &track.place,
                    format!("the lab `{id}` stands in the track twice"),
                    "keep one of them",
                );
            }
        }
    }
}
