use crate::hl7::finding::{Condition, Finding};
use crate::hl7::message::{Part, Path, Segment};
use crate::hl7::profile::value::Values;
use crate::hl7::profile::{Element, Profile, Usage};

/// Checks the fields of a segment that the shelf describes.
pub(super) fn check(profile: &Profile<'_>, segment: Segment<'_>) -> Vec<Finding> {
    let Some(elements) = profile.shelf.segments.get(segment.name()) else { return Vec::new() };
    let occurrence = u16::try_from(segment.occurrence()).unwrap_or(u16::MAX);
    let mut findings = Vec::new();
    for (number, element) in elements {
        let path = Path::field(segment.name(), *number).in_occurrence(occurrence);
        let own = profile.structure.usages.get(&(segment.name().to_owned(), *number));
        let usage = own.unwrap_or(&element.usage).settled(|other| text(segment, other));
        let part = segment.field(*number).filter(|part| !part.is_empty());
        match (part, usage) {
            (None, Usage::Required) => findings.push(missing(profile, segment, path, element)),
            (None, _) => {}
            (Some(part), Usage::NotUsed) => {
                let text = format!(
                    "{} is not used by {}; leave it empty",
                    called(&path, element),
                    profile.structure.name
                );
                findings.push(Finding::at(path, Some(part.span().start), Condition::Other, text));
            }
            (Some(part), _) => findings.extend(content(profile, segment, &part, &path, element)),
        }
    }
    findings
}

fn text(segment: Segment<'_>, number: u16) -> String {
    segment.field(number).map(|part| part.text()).unwrap_or_default()
}

fn called(path: &Path, element: &Element) -> String {
    format!("{path} ({})", element.name)
}

fn missing(profile: &Profile<'_>, segment: Segment<'_>, path: Path, element: &Element) -> Finding {
    let at = segment.field(path.field.unwrap_or(1)).map_or(segment.span().end, |part| part.span().start);
    let text =
        format!("{} is required by {} and empty; send it", called(&path, element), profile.structure.name);
    Finding::at(path, Some(at), Condition::RequiredFieldMissing, text)
}

/// Checks how often a field stands, and each of its values.
fn content(
    profile: &Profile<'_>,
    segment: Segment<'_>,
    part: &Part<'_>,
    path: &Path,
    element: &Element,
) -> Vec<Finding> {
    let repetitions: Vec<Part<'_>> = part.parts().collect();
    let mut findings = Vec::new();
    if let Some(most) = element.times_max.filter(|most| repetitions.len() > usize::from(*most)) {
        let text =
            format!("{} stands {} times; at most {most} is agreed", called(path, element), repetitions.len());
        findings.push(Finding::at(path.clone(), Some(part.span().start), Condition::Cardinality, text));
    }
    let kind = if element.kind == "varies" { text(segment, 2) } else { element.kind.clone() };
    for (number, repetition) in (1..=u16::MAX).zip(&repetitions) {
        let path = Path { repetition: (repetitions.len() > 1).then_some(number), ..path.clone() };
        let mut values = Values { shelf: profile.shelf, name: &element.name, findings: &mut findings };
        values.check(repetition, &kind, element, &path);
    }
    findings
}
