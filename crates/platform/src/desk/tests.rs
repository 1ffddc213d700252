use std::collections::BTreeSet;

use security::detection::read;

use super::detections;

#[test]
fn the_pack_that_is_built_in_runs() {
    assert!(detections().len() >= 15);
    for rule in detections() {
        assert!(read(&rule.text).is_ok(), "{}", rule.name);
    }
}

/// A technique that a lab names is one of those that were looked up.
#[test]
fn the_techniques_of_labs_are_known() {
    let text = include_str!("../../../../content/detections/techniques.toml");
    let quoted = text.lines().filter_map(|line| line.strip_prefix('"')?.split('"').next());
    let known: BTreeSet<&str> = quoted.collect();
    let catalogue = crate::content::load(None).unwrap();
    let tagged = catalogue.labs.iter().filter(|lab| !lab.techniques.is_empty()).count();
    assert!(tagged >= 3);
    for lab in &catalogue.labs {
        let is_attacked = |variant: &training::lab::Variant| {
            variant.faults.iter().any(|fault| fault.with["layer"] == "actors")
        };
        if lab.variants.iter().any(is_attacked) {
            let [attack, defence] =
                ["T1", "D3-"].map(|begins| lab.techniques.iter().any(|tag| tag.starts_with(begins)));
            assert!(attack && defence, "{} names a technique and a countermeasure", lab.id);
        }
        for technique in &lab.techniques {
            assert!(known.contains(technique.as_str()), "{}: {technique}", lab.id);
        }
    }
}
