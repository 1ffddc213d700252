use rsigma_parser::{
    CorrelationCondition, Detection, FieldAlias, Modifier, SigmaCollection, parse_sigma_yaml,
};

use super::guard;
use super::locate::{Document, Problem, documents};

/// Rules and correlations that are ready to run.
#[derive(Debug, Clone)]
pub struct Rules {
    pub(super) collection: SigmaCollection,
}

impl Rules {
    /// How many rules and correlations there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.collection.rules.len() + self.collection.correlations.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether what they say can depend on one of these fields.
    #[must_use]
    pub fn read_any(&self, fields: &[&str]) -> bool {
        let is_meant = |name: &String| fields.contains(&name.as_str());
        let counts = |condition: &CorrelationCondition| match condition {
            CorrelationCondition::Threshold { field, .. } => field.iter().flatten().any(is_meant),
            CorrelationCondition::Extended(_) => false,
        };
        let is_alias = |alias: &FieldAlias| alias.mapping.values().any(is_meant);
        self.collection.rules.iter().any(|rule| rule.detection.named.values().any(|one| reads(one, fields)))
            || self.collection.correlations.iter().any(|rule| {
                rule.group_by.iter().any(is_meant)
                    || counts(&rule.condition)
                    || rule.aliases.iter().any(is_alias)
            })
    }

    /// The title and tags of each.
    #[must_use]
    pub fn titles(&self) -> Vec<(&str, &[String])> {
        let rules = self.collection.rules.iter().map(|rule| (rule.title.as_str(), rule.tags.as_slice()));
        let correlations =
            self.collection.correlations.iter().map(|rule| (rule.title.as_str(), rule.tags.as_slice()));
        rules.chain(correlations).collect()
    }
}

/// Whether a selection looks at one of these fields: by name, or at all fields of an event.
fn reads(detection: &Detection, fields: &[&str]) -> bool {
    match detection {
        Detection::AllOf(items) => items.iter().any(|item| {
            let named = item.field.name.as_ref();
            named.is_none_or(|name| fields.contains(&name.as_str()))
                || item.field.modifiers.contains(&Modifier::FieldRef)
        }),
        Detection::AnyOf(others) => others.iter().any(|other| reads(other, fields)),
        _ => true,
    }
}

/// Reads a text of Sigma rules and correlations, parted by lines of `---`.
///
/// # Errors
/// Every problem found, in the order of the text.
pub fn read(text: &str) -> Result<Rules, Vec<Problem>> {
    if text.len() > guard::BYTES_MAX {
        let fix = format!("stay below {} KiB", guard::BYTES_MAX / 1024);
        return Err(vec![Problem::new((1, 1), "the text is too long", fix)]);
    }
    let documents = documents(text);
    if documents.is_empty() {
        return Err(vec![Problem::new(
            (1, 1),
            "there is no rule here",
            "write one, beginning with `title:`",
        )]);
    }
    if documents.len() > guard::DOCUMENTS_MAX {
        let place = documents[guard::DOCUMENTS_MAX].start();
        return Err(vec![Problem::new(
            place,
            "there are too many rules",
            format!("use at most {}", guard::DOCUMENTS_MAX),
        )]);
    }
    let mut problems: Vec<Problem> = documents.iter().flat_map(guard::text).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let parsed: Vec<SigmaCollection> =
        documents.iter().map(|document| one(document, &mut problems)).collect();
    check(&documents, &parsed, &mut problems);
    let mut collection = SigmaCollection::new();
    for part in parsed {
        collection.rules.extend(part.rules);
        collection.correlations.extend(part.correlations);
    }
    if problems.is_empty()
        && let Err(error) = super::detector::engine(&collection)
    {
        let message = error.to_string();
        let place = documents.iter().map(|document| (document.place_in(&message), document.start()));
        let place = place.clone().find(|(place, start)| place != start).or_else(|| place.clone().next());
        let fix = "compare the condition and the correlation with the names they use";
        problems.push(Problem::new(place.map_or((1, 1), |(place, _)| place), message, fix));
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    if problems.is_empty() { Ok(Rules { collection }) } else { Err(problems) }
}

fn one(document: &Document<'_>, problems: &mut Vec<Problem>) -> SigmaCollection {
    let fix = "compare with the rules of the pack";
    match parse_sigma_yaml(document.text) {
        Ok(found) => {
            for message in &found.errors {
                problems.push(Problem::new(document.place_in(message), message.clone(), fix));
            }
            found
        }
        Err(error) => {
            let message = error.to_string();
            problems.push(Problem::new(document.place_in(&message), message, fix));
            SigmaCollection::new()
        }
    }
}

fn check(documents: &[Document<'_>], parsed: &[SigmaCollection], problems: &mut Vec<Problem>) {
    let rules = parsed.iter().flat_map(|part| part.rules.iter().flat_map(|rule| [&rule.id, &rule.name]));
    let correlations =
        parsed.iter().flat_map(|part| part.correlations.iter().flat_map(|rule| [&rule.id, &rule.name]));
    let names: Vec<&str> = rules.chain(correlations).filter_map(|name| name.as_deref()).collect();
    for (document, part) in documents.iter().zip(parsed) {
        for rule in &part.rules {
            problems.extend(guard::rule(document, rule));
        }
        for correlation in &part.correlations {
            problems.extend(guard::correlation(document, correlation, &names));
        }
        for filter in &part.filters {
            let what = format!("`{}` is a filter, and filters are not run here", filter.title);
            problems.push(Problem::new(
                document.start(),
                what,
                "put the exception into the rule's own condition",
            ));
        }
        let levels =
            part.rules.iter().map(|rule| rule.level).chain(part.correlations.iter().map(|rule| rule.level));
        for _ in levels.filter(Option::is_none) {
            let fix = "add `level:` with informational, low, medium, high or critical";
            problems.push(Problem::new(document.start(), "the rule has no level", fix));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    for name in &names {
        if !seen.insert(*name) {
            let place = documents.iter().rev().map(|document| (document.place_of(name), document.start()));
            let place =
                place.clone().find(|(place, start)| place != start).map_or((1, 1), |(place, _)| place);
            problems.push(Problem::new(
                place,
                format!("two rules are called `{name}`"),
                "give each its own name and id",
            ));
        }
    }
}
