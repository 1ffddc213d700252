//! The walk over a resource: every value once, with all that is asked of it.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::claim::Claim;
use super::item::{Item, items, properties};
use super::model::{AllowedType, Profile};
use super::report::Report;
use super::targets::{bundled, contained};
use super::validator::Scene;
use crate::fhir::definitions::TypeDefinition;
use crate::fhir::outcome::{Issue, IssueCode, Severity};
use crate::fhir::terminology::Canonical;
use crate::fhir::validation::path::Path;

/// A walk, and what it has found.
pub(super) struct Walk<'a> {
    pub(super) scene: Scene<'a>,
    /// The resource the walk is in.
    pub(super) resource: &'a Value,
    /// The resource that `#id` is resolved in.
    pub(super) container: &'a Value,
    /// The whole, in which the entries of a Bundle are found.
    pub(super) outermost: &'a Value,
    pub(super) report: Report,
    /// Rules and targets that may still be looked at.
    pub(super) steps_left: &'a Cell<usize>,
    /// True while it is only asked whether a value conforms; then neither claims nor references are followed.
    pub(super) is_trial: bool,
}

impl<'a> Walk<'a> {
    /// Walks over a whole resource.
    pub(super) fn whole(
        scene: Scene<'a>,
        json: &'a Value,
        steps_left: &'a Cell<usize>,
        asked: &[&'a Profile],
    ) -> Vec<Issue> {
        let mut walk = Walk::of(scene, json, steps_left);
        let item = Item::resource(json);
        let claims = asked.iter().map(|profile| Claim::whole(profile)).collect();
        walk.resource(item, claims, false, &Path::root(item.kind));
        walk.report.finish(item.kind)
    }

    /// A walk that has not begun.
    pub(super) fn of(scene: Scene<'a>, json: &'a Value, steps_left: &'a Cell<usize>) -> Walk<'a> {
        let report = Report::default();
        Walk { scene, resource: json, container: json, outermost: json, report, steps_left, is_trial: false }
    }

    /// Whether a value keeps a profile, or the first error if not. A profile that is not known is kept by all.
    pub(super) fn conforms<'b>(&'b self, item: Item<'b>, url: &str) -> Result<(), Issue> {
        let Some(profile) = self.scene.profiles.find(url) else { return Ok(()) };
        if profile.type_name != item.kind {
            let text = format!("{} is for {}, not for {}", profile.label(), profile.type_name, item.kind);
            return Err(Issue::error(IssueCode::Invalid, text));
        }
        let mut trial: Walk<'b> = match item.is_resource {
            true => Walk::of(self.scene, item.json, self.steps_left),
            false => Walk {
                resource: self.resource,
                container: self.container,
                ..Walk::of(self.scene, self.outermost, self.steps_left)
            },
        };
        trial.is_trial = true;
        trial.value(item, vec![Claim::whole(profile)], &Path::root(item.kind));
        trial.report.first_error().map_or(Ok(()), |issue| Err(issue.clone()))
    }

    /// A resource at hand that a reference leads to.
    pub(super) fn nearby(&self, reference: &str) -> Option<&'a Value> {
        contained(reference, self.container).or_else(|| bundled(reference, self.outermost))
    }

    pub(super) fn tell(&mut self, severity: Severity, code: IssueCode, path: &Path<'_>, text: String) {
        self.report.add(severity, code, path.to_string(), text);
    }

    /// Says what is not looked at.
    pub(super) fn pass_over(&mut self, path: &Path<'_>, text: &str) {
        let text = format!("not checked: {text}");
        self.tell(Severity::Information, IssueCode::Informational, path, text);
    }

    /// A resource: the whole, a contained one, or one in a Bundle, with the profiles it claims itself.
    fn resource(&mut self, item: Item<'a>, mut claims: Vec<Claim<'a>>, is_contained: bool, path: &Path<'_>) {
        let outer = (self.resource, self.container);
        self.resource = item.json;
        if !is_contained {
            self.container = item.json;
        }
        if !self.is_trial {
            self.add_claimed(item, &mut claims, path);
        }
        claims.retain(|claim| self.is_of_type(*claim, item, path));
        self.value(item, claims, path);
        (self.resource, self.container) = outer;
    }

    fn add_claimed(&mut self, item: Item<'a>, claims: &mut Vec<Claim<'a>>, path: &Path<'_>) {
        let claimed = item.json.get("meta").and_then(|meta| meta.get("profile")).and_then(Value::as_array);
        let meta = path.child("meta");
        for (at, url) in claimed.into_iter().flatten().enumerate() {
            let Some(url) = url.as_str() else { continue };
            let place = meta.child("profile").at(at);
            let Some(profile) = self.scene.profiles.find(url) else {
                let text = format!(
                    "not checked: the profile {url} is not known here; /metadata lists those that are"
                );
                self.tell(Severity::Warning, IssueCode::NotSupported, &place, text);
                continue;
            };
            Claim::whole(profile).add_to(claims);
            let asked = Canonical::new(url).version;
            if let (Some(asked), Some(known)) = (asked, profile.version.as_deref())
                && asked != known
            {
                let text = format!("version {asked} of the profile; {known} was used instead");
                self.pass_over(&place, &text);
            }
        }
    }

    /// Whether a profile is one for resources of this type; says so if not.
    fn is_of_type(&mut self, claim: Claim<'a>, item: Item<'a>, path: &Path<'_>) -> bool {
        let is_whole = std::ptr::eq(claim.node, &raw const claim.profile.root);
        let fits = !is_whole || claim.profile.type_name == item.kind;
        if !fits {
            let (label, kind) = (claim.profile.label(), &claim.profile.type_name);
            let text =
                format!("this is a {}, and {label} is a profile for {kind}; claim another one", item.kind);
            self.tell(Severity::Error, IssueCode::Invalid, path, text);
        }
        fits
    }

    /// A value with all that is asked of it.
    pub(super) fn value(&mut self, item: Item<'a>, mut claims: Vec<Claim<'a>>, path: &Path<'_>) {
        self.add_by_type(item, &mut claims, path);
        for claim in &claims {
            self.judge(item, *claim, path);
        }
        if let Some((members, definition)) = item.object() {
            self.members(members, definition, &claims, path);
        }
    }

    /// Adds what is asked of a value because of its type, and of an extension because of its URL.
    fn add_by_type(&mut self, item: Item<'a>, claims: &mut Vec<Claim<'a>>, path: &Path<'_>) {
        if item.definition.is_some()
            && let Some(profile) = self.scene.profiles.of_type(item.kind)
        {
            Claim::whole(profile).add_to(claims);
        }
        let mut at = 0;
        while let Some(claim) = claims.get(at).copied() {
            at += 1;
            for allowed in claim.node.types.iter().filter(|allowed| allowed.code == item.kind) {
                self.add_profiles(allowed, item, claims, path);
            }
        }
        // A URL without a scheme names a part of the extension around it.
        if let Some(url) = item.text("url").filter(|url| item.kind == "Extension" && url.contains(':')) {
            match self.scene.profiles.find(url) {
                Some(profile) => Claim::whole(profile).add_to(claims),
                None => self.pass_over(path, &format!("the extension {url}, which is not known here")),
            }
        }
    }

    fn add_profiles(
        &mut self,
        allowed: &'a AllowedType,
        item: Item<'a>,
        claims: &mut Vec<Claim<'a>>,
        path: &Path<'_>,
    ) {
        match allowed.profiles.as_slice() {
            [] => {}
            [url] => match self.scene.profiles.find(url) {
                Some(profile) => Claim::whole(profile).add_to(claims),
                None => self.pass_over(path, &format!("the profile {url}, which is not known here")),
            },
            urls => {
                if !urls.iter().any(|url| self.conforms(item, url).is_ok()) {
                    let text = format!("keeps none of the profiles allowed here: {}", urls.join(", "));
                    self.tell(Severity::Error, IssueCode::Structure, path, text);
                }
            }
        }
    }

    /// The elements of an object: those that are there, then those that are not.
    fn members(
        &mut self,
        members: &'a Map<String, Value>,
        definition: &'a TypeDefinition,
        claims: &[Claim<'a>],
        path: &Path<'_>,
    ) {
        let mut met: Vec<&str> = Vec::new();
        for (property, key) in properties(members, definition) {
            let name = property.element.name.as_str();
            let below: Vec<Claim<'a>> = claims
                .iter()
                .flat_map(|claim| claim.children())
                .filter(|claim| claim.node.name == name)
                .collect();
            let values = items(members, property, key);
            if !values.is_empty() {
                met.push(name);
                self.element(&values, property.element.many, &below, name, &path.child(name));
            }
        }
        for claim in claims.iter().flat_map(|claim| claim.children()) {
            if !met.contains(&claim.node.name.as_str()) {
                self.count(0, claim, None, &path.child(&claim.node.name));
            }
        }
    }

    /// The values of one element.
    fn element(
        &mut self,
        values: &[Item<'a>],
        is_many: bool,
        claims: &[Claim<'a>],
        name: &str,
        path: &Path<'_>,
    ) {
        let mut sliced: Vec<(usize, Claim<'a>)> = Vec::new();
        for claim in claims {
            self.count(values.len(), *claim, None, path);
            if let Some(slicing) = &claim.node.slicing {
                let places = self.sort(slicing, values, *claim, &mut sliced);
                self.hold_slices(slicing, &places, (*claim, is_many), path);
            }
        }
        for (at, item) in values.iter().enumerate() {
            let place = if is_many { path.at(at) } else { *path };
            let mut own = claims.to_vec();
            for (_, claim) in sliced.iter().filter(|(of, _)| *of == at) {
                claim.add_to(&mut own);
            }
            match item.is_resource {
                true => self.resource(*item, own, name == "contained", &place),
                false => self.value(*item, own, &place),
            }
        }
    }
}
