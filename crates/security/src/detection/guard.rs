use regex::RegexBuilder;
use rsigma_parser::ast::{Detection, DetectionItem, Modifier, SigmaRule};
use rsigma_parser::{CorrelationRule, SigmaValue};

use super::locate::{Document, Problem};
use crate::telemetry::{FIELDS, is_field};

/// The most bytes of a text of rules.
pub(super) const BYTES_MAX: usize = 64 * 1024;
/// The most rules and correlations in one text.
pub(super) const DOCUMENTS_MAX: usize = 60;
/// How deep parentheses and brackets may nest.
const DEPTH_MAX: usize = 24;
/// The most characters of a regular expression.
const PATTERN_MAX: usize = 400;
/// What a compiled regular expression may take, bytes.
const PATTERN_BYTES_MAX: usize = 256 * 1024;
/// The longest time a correlation may look back.
const TIMESPAN_S_MAX: u64 = 31 * 86_400;
/// The shortest keyword: a shorter one is found inside everything.
const KEYWORD_MIN: usize = 4;

/// What a text must not hold whatever it means. Looked at before the text is parsed.
pub(super) fn text(document: &Document<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut depth = 0_usize;
    for (number, line) in document.text.lines().enumerate() {
        let at = |column: usize| (document.line + number, line[..column].chars().count() + 1);
        let (key, value) = line.split_once(": ").unwrap_or((line, ""));
        if let Some(column) = key.find("|expand") {
            let what = "`expand` waits for a list that nobody fills in here, and would then match everything";
            problems.push(Problem::new(at(column + 1), what, "write the values themselves"));
        }
        if let Some(column) = key.find("rsigma.") {
            problems.push(Problem::new(
                at(column),
                "an attribute of the engine cannot be set by a rule",
                "drop it",
            ));
        }
        for value in [value, key.trim_start().trim_start_matches("- ")] {
            let value = value.trim_start();
            if value.starts_with('&') || value.starts_with('*') {
                let column = line.find(value).unwrap_or(0);
                let what = "YAML reads this as an anchor or alias, which rules do not use";
                problems.push(Problem::new(at(column), what, "put the text in quotes"));
            }
        }
        for (column, character) in line.char_indices() {
            match character {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEPTH_MAX {
                problems.push(Problem::new(
                    at(column),
                    "this nests too deep",
                    format!("stay within {DEPTH_MAX} levels"),
                ));
                return problems;
            }
        }
    }
    problems
}

/// What a rule must be so that it reads a hospital's log and costs little.
pub(super) fn rule(document: &Document<'_>, rule: &SigmaRule) -> Vec<Problem> {
    let mut problems = Vec::new();
    let source = &rule.logsource;
    let at_source = document.place_of("logsource:");
    match source.product.as_deref() {
        Some("practicum") => {}
        Some(other) => {
            let what = format!("this rule reads the logs of {other}, which a hospital here does not have");
            problems.push(Problem::new(document.place_of("product:"), what, "write `product: practicum`"));
        }
        None => problems.push(Problem::new(
            at_source,
            "the log source names no product",
            "add `product: practicum`",
        )),
    }
    if source.service.is_none() && source.category.is_none() {
        let fix = "add `service:` with one of fhir, hl7, dicom, auth, export, ehr, storage, configuration";
        problems.push(Problem::new(at_source, "the rule would look at every log", fix));
    }
    let mut named: Vec<_> = rule.detection.named.iter().collect();
    named.sort_by_key(|(name, _)| *name);
    named.iter().for_each(|(_, found)| detection(document, found, &mut problems));
    problems
}

fn detection(document: &Document<'_>, found: &Detection, problems: &mut Vec<Problem>) {
    match found {
        Detection::AllOf(items) => items.iter().for_each(|found| item(document, found, problems)),
        Detection::AnyOf(inner) | Detection::And(inner) => {
            inner.iter().for_each(|found| detection(document, found, problems));
        }
        Detection::Keywords(values) => values.iter().for_each(|value| keyword(document, value, problems)),
        Detection::ArrayMatch { field, .. } => {
            let what = format!("`{field}` is looked into as a list, and signals hold no lists");
            problems.push(Problem::new(document.place_of(field), what, "compare the field itself"));
        }
        Detection::Conditional { named, .. } => {
            let mut inner: Vec<_> = named.iter().collect();
            inner.sort_by_key(|(name, _)| *name);
            inner.iter().for_each(|(_, found)| detection(document, found, problems));
        }
    }
}

fn keyword(document: &Document<'_>, value: &SigmaValue, problems: &mut Vec<Problem>) {
    if let SigmaValue::String(text) = value
        && text.original.trim_matches('*').chars().count() < KEYWORD_MIN
    {
        let what = format!("the keyword `{}` is found inside everything", text.original);
        let fix = format!("name a field, or use at least {KEYWORD_MIN} characters");
        problems.push(Problem::new(document.place_of(&text.original), what, fix));
    }
}

fn item(document: &Document<'_>, item: &DetectionItem, problems: &mut Vec<Problem>) {
    let Some(name) = &item.field.name else {
        item.values.iter().for_each(|value| keyword(document, value, problems));
        return;
    };
    field(document, name, problems);
    if item.field.has_modifier(Modifier::Re) {
        item.values.iter().for_each(|value| pattern(document, value, problems));
    }
}

fn field(document: &Document<'_>, name: &str, problems: &mut Vec<Problem>) {
    if !is_field(name) {
        let known: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
        let fix = format!("there are: {}, and detail.NAME", known.join(", "));
        problems.push(Problem::new(document.place_of(name), format!("no signal has a field `{name}`"), fix));
    }
}

/// The engine's expressions take linear time whatever they are; what can grow is the compiled form of counted
/// repetitions, which is held small here.
fn pattern(document: &Document<'_>, value: &SigmaValue, problems: &mut Vec<Problem>) {
    let SigmaValue::String(text) = value else { return };
    let place = document.place_of(&text.original);
    if text.original.chars().count() > PATTERN_MAX {
        let what = "this regular expression is too long";
        problems.push(Problem::new(place, what, format!("stay below {PATTERN_MAX} characters")));
    } else if let Err(error) = RegexBuilder::new(&text.original).size_limit(PATTERN_BYTES_MAX).build() {
        let what = match error {
            regex::Error::CompiledTooBig(_) => "this regular expression repeats too much".to_owned(),
            other => format!(
                "this is no regular expression: {}",
                other.to_string().lines().last().unwrap_or_default()
            ),
        };
        problems.push(Problem::new(
            place,
            what,
            "write a simpler one, or use contains, startswith, endswith",
        ));
    }
}

/// What a correlation must be.
pub(super) fn correlation(document: &Document<'_>, found: &CorrelationRule, names: &[&str]) -> Vec<Problem> {
    let mut problems = Vec::new();
    if found.timespan.seconds > TIMESPAN_S_MAX {
        let place = document.place_of("timespan:");
        problems.push(Problem::new(place, "a correlation cannot look back so far", "use at most 31d"));
    }
    found.group_by.iter().for_each(|name| field(document, name, &mut problems));
    if let rsigma_parser::ast::CorrelationCondition::Threshold { field: Some(fields), .. } = &found.condition
    {
        fields.iter().for_each(|name| field(document, name, &mut problems));
    }
    for wanted in found.rules.iter().filter(|wanted| !names.contains(&wanted.as_str())) {
        let what = format!("there is no rule `{wanted}` in this text");
        problems.push(Problem::new(document.place_of(wanted), what, "refer to a rule by its name or id"));
    }
    problems
}
