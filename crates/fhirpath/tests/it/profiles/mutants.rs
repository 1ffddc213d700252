//! Examples broken on purpose, one rule at a time, as the published definitions (not the reduced ones) state the rules.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use standards::fhir::definitions::Definitions;

use super::package::Package;

/// A way to break an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    RequiredElementRemoved,
    CodeOutsideRequiredBinding,
    OtherCodeThanPattern,
    TypeForbiddenByProfile,
    WrongJsonType,
    WrongReferenceTarget,
    TargetForbiddenByProfile,
}

const BREAKS: [Break; 7] = [
    Break::RequiredElementRemoved,
    Break::CodeOutsideRequiredBinding,
    Break::OtherCodeThanPattern,
    Break::TypeForbiddenByProfile,
    Break::WrongJsonType,
    Break::WrongReferenceTarget,
    Break::TargetForbiddenByProfile,
];

/// Bindings to value sets that are not known here, so that no code can be called wrong.
const UNDECIDED: [&str; 1] = ["http://cts.nlm.nih.gov/fhir/ValueSet/2.16.840.1.113762.1.4.1240.3"];

/// A member of an example that an element of a profile is about.
struct Spot<'a> {
    package: &'a Package,
    resource: &'a Value,
    element: &'a Value,
    /// The element's name, without `[x]`.
    name: &'a str,
    /// The member's name; for a choice with its type. None where the example has no such member.
    member: Option<&'a str>,
}

impl<'a> Spot<'a> {
    /// The spot of an element right below the root, outside of slices.
    fn new(package: &'a Package, resource: &'a Value, element: &'a Value) -> Option<Spot<'a>> {
        let id = element["id"].as_str().filter(|id| !id.contains(':'))?;
        let (_, name) = id.split_once('.').filter(|(_, name)| !name.contains('.'))?;
        let (name, is_choice) = (name.trim_end_matches("[x]"), name.ends_with("[x]"));
        let is_chosen = |key: &str| {
            let rest = key.strip_prefix(name).unwrap_or_default();
            match is_choice {
                true => rest.starts_with(|letter: char| letter.is_ascii_uppercase()),
                false => key == name,
            }
        };
        let member = resource.as_object()?.keys().map(String::as_str).find(|key| is_chosen(key));
        Some(Spot { package, resource, element, name, member })
    }

    fn has_type(&self, code: &str) -> bool {
        self.element["type"].as_array().into_iter().flatten().any(|kind| kind["code"] == code)
    }

    /// The example without the member, and with another in its place.
    fn with(&self, member: Option<(&str, Value)>) -> Value {
        let mut members: Map<String, Value> = self.resource.as_object().cloned().unwrap_or_default();
        if let Some(own) = self.member {
            members.remove(own);
            members.remove(&format!("_{own}"));
        }
        members.extend(member.map(|(name, value)| (name.to_owned(), value)));
        Value::Object(members)
    }

    /// The example with this value for the member, in an array where it is one.
    fn with_value(&self, value: Value) -> Option<Value> {
        let member = self.member?;
        let value = if self.resource[member].is_array() { json!([value]) } else { value };
        Some(self.with(Some((member, value))))
    }

    /// The example broken, where it can be broken so.
    fn broken(&self, how: Break) -> Option<Value> {
        let other = json!({"coding": [{"system": "http://x.example/codes", "code": "nonsense"}]});
        let is_required = self.element["min"].as_u64() > Some(0);
        match how {
            Break::RequiredElementRemoved => {
                self.member.filter(|_| is_required)?;
                Some(self.with(None))
            }
            Break::CodeOutsideRequiredBinding => {
                let set = self.element["binding"]["valueSet"].as_str()?;
                let is_bound = self.element["binding"]["strength"] == "required" && !UNDECIDED.contains(&set);
                match (is_bound, self.has_type("code"), self.has_type("CodeableConcept")) {
                    (true, true, _) => self.with_value(json!("nonsense")),
                    (true, _, true) => self.with_value(other),
                    _ => None,
                }
            }
            Break::OtherCodeThanPattern => {
                self.element.get("patternCodeableConcept")?;
                self.with_value(other)
            }
            Break::TypeForbiddenByProfile => {
                self.member?;
                let (member, value) = self.forbidden_type()?;
                Some(self.with(Some((&member, value))))
            }
            Break::WrongJsonType => match self.has_type("CodeableConcept") || self.has_type("Reference") {
                true if !self.element["path"].as_str()?.ends_with("[x]") => self.with_value(json!(17)),
                _ => None,
            },
            Break::WrongReferenceTarget => {
                let kinds = self.element["type"].as_array()?;
                let targets =
                    kinds.iter().flat_map(|kind| kind["targetProfile"].as_array()).flatten().count();
                let is_any = self.element["type"].to_string().contains("StructureDefinition/Resource\"");
                if targets == 0 || is_any || !self.member?.ends_with(self.name) {
                    return None;
                }
                self.with_value(json!({"reference": "Binary/elsewhere"}))
            }
            Break::TargetForbiddenByProfile => {
                self.with_value(json!({"reference": format!("{}/elsewhere", self.forbidden_target()?)}))
            }
        }
    }

    /// A type that a reference may lead to by FHIR R4, and not by the profile.
    fn forbidden_target(&self) -> Option<&'a str> {
        let kinds = self.element["type"].as_array()?;
        let targets = kinds.iter().filter_map(|kind| kind["targetProfile"].as_array()).flatten();
        let allowed: Vec<&str> =
            targets.filter_map(|url| Some(self.package.type_of(url.as_str()?))).collect();
        let kind = self.resource["resourceType"].as_str()?;
        let by_type = &Definitions::r4().element(kind, self.member?)?.kind.targets;
        let is_forbidden = |name: &&String| !allowed.is_empty() && !allowed.contains(&name.as_str());
        by_type.iter().find(is_forbidden).filter(|_| !allowed.contains(&"Resource")).map(String::as_str)
    }

    /// A value of a type that FHIR R4 allows here and the profile does not.
    fn forbidden_type(&self) -> Option<(String, Value)> {
        let samples = [
            ("Instant", "instant", json!("2024-01-01T10:00:00Z")),
            ("Timing", "Timing", json!({"event": ["2024-01-01"]})),
            ("String", "string", json!("words")),
            ("Range", "Range", json!({"low": {"value": 1}})),
        ];
        let kind = self.resource["resourceType"].as_str()?;
        let of = |(suffix, code, value): (&str, &str, Value)| {
            let member = format!("{}{suffix}", self.name);
            let is_legal = Definitions::r4().element(kind, &member).is_some_and(|found| found.element.choice);
            (is_legal && !self.has_type(code)).then_some((member, value))
        };
        samples.into_iter().find_map(of)
    }
}

#[test]
fn every_mutant_of_an_example_is_caught_where_it_is_broken() {
    let Some(package) = Package::read() else { return };
    let mut counts: BTreeMap<Break, [usize; 3]> = BTreeMap::new();
    let mut missed = Vec::new();
    for (name, resource) in &package.examples {
        for profile in package.claimed(resource) {
            let elements = profile["snapshot"]["element"].as_array().unwrap();
            let spots: Vec<Spot<'_>> =
                elements.iter().filter_map(|element| Spot::new(&package, resource, element)).collect();
            for how in BREAKS {
                let counted = counts.entry(how).or_default();
                let mutants: Vec<(&Spot<'_>, Value)> =
                    spots.iter().filter_map(|spot| Some((spot, spot.broken(how)?))).collect();
                counted[2] += usize::from(mutants.is_empty());
                for (spot, mutant) in mutants {
                    let place = format!("{}.{}", resource["resourceType"].as_str().unwrap(), spot.name);
                    let caught = package.errors(&mutant).iter().any(|issue| {
                        let at = issue.expression.as_deref().unwrap_or_default();
                        at == place || at.strip_prefix(&place).is_some_and(|rest| rest.starts_with('['))
                    });
                    counted[1] += 1;
                    counted[0] += usize::from(caught);
                    if !caught {
                        missed.push(format!("{how:?} of {name}: nothing at {place}"));
                    }
                }
            }
        }
    }
    let (mut caught, mut all) = (0, 0);
    for (how, [of, made, not_applicable]) in &counts {
        println!("{how:?}: {of} mutants caught of {made}; not applicable to {not_applicable} claims");
        (caught, all) = (caught + of, all + made);
    }
    println!("suite: US Core examples broken on purpose: {caught} of {all}");
    assert!(all > 1_000, "{all}");
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
