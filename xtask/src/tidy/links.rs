//! Links in Markdown pages lead somewhere: to a file of the repository, and to a heading in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::Problem;
use crate::tidy::source::Source;

/// Lab texts are shown inside the program, so their links are addresses of pages there; `lab verify` checks them.
const NOT_PAGES: &str = "content/";

/// Every relative link that leads nowhere.
pub(crate) fn check(sources: &[Source], files: &[String]) -> Vec<Problem> {
    let places = places(files);
    let pages = || {
        sources.iter().filter(|source| source.path.ends_with(".md") && !source.path.starts_with(NOT_PAGES))
    };
    let headings: BTreeMap<&str, BTreeSet<String>> =
        pages().map(|page| (page.path.as_str(), headings(&page.text))).collect();
    let mut problems = Vec::new();
    for page in pages() {
        for (line, target) in targets(&page.text) {
            if let Some(what) = broken(&page.path, &target, &places, &headings) {
                problems.push(Problem::new(&page.path, line, what));
            }
        }
    }
    problems
}

/// Every file, and every folder that holds one.
fn places(files: &[String]) -> BTreeSet<&str> {
    let mut places: BTreeSet<&str> = BTreeSet::new();
    for file in files {
        places.insert(file);
        for (end, _) in file.match_indices('/') {
            places.insert(&file[..end]);
        }
    }
    places
}

fn broken(
    page: &str,
    target: &str,
    places: &BTreeSet<&str>,
    headings: &BTreeMap<&str, BTreeSet<String>>,
) -> Option<String> {
    let (file, heading) = target.split_once('#').unwrap_or((target, ""));
    let file = if file.is_empty() { page.to_owned() } else { resolve(page, file) };
    if !places.contains(file.as_str()) {
        return Some(format!("the link `{target}` leads to no file"));
    }
    let known = headings.get(file.as_str());
    (!heading.is_empty() && known.is_some_and(|known| !known.contains(heading)))
        .then(|| format!("the link `{target}` leads to no heading of {file}"))
}

/// A link's path, seen from the root.
fn resolve(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// Relative link targets with their lines, outside code.
pub(crate) fn targets(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in outside_fences(text) {
        for (start, _) in line.match_indices("](") {
            let inside_code = line[..start].matches('`').count() % 2 == 1;
            let Some(end) = line[start..].find(')') else { continue };
            let target = &line[start + 2..start + end];
            if !inside_code && !target.contains("://") && !target.starts_with("mailto:") {
                found.push((number, target.to_owned()));
            }
        }
    }
    found
}

/// Heading anchors the way code hosts make them: lower case, spaces to hyphens, punctuation dropped.
fn headings(text: &str) -> BTreeSet<String> {
    let titles = outside_fences(text).filter(|(_, line)| line.starts_with('#'));
    titles.map(|(_, line)| anchor(line.trim_start_matches('#').trim())).collect()
}

fn anchor(title: &str) -> String {
    let kept = title.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect::<String>().to_lowercase()
}

fn outside_fences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(number, line)| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        (!fenced && !fence).then_some((number + 1, line))
    })
}
