//! What is asked under every profile.

use std::collections::BTreeSet;

use serde_json::Value;

use super::client::{base, get, resource, search, search_by_post};
use super::discovery::{find, pair, wanted};
use super::profiles::{Lead, Must, Profile};
use super::resources::{errors, never_seen, references, target};
use super::values::{is_wanted, value_of};
use crate::model::{Group, Stop, Test, Weight};
use crate::run::Step;

/// The most references that are followed under one profile.
const REFERENCES_MAX: usize = 20;
/// The most problems of a profile that are told.
const PROBLEMS_MAX: usize = 20;

/// The group of a profile.
pub(super) fn group(profile: &'static Profile) -> Group {
    let id = format!("us-core/{}", profile.name);
    let mut tests = vec![
        test(&id, "find", format!("{} resources can be found", profile.kind), profile, found)
            .of(&["uscore.search"])
            .about("Everything else under this profile is about what is found here."),
        test(&id, "read", "Each can be read by its id".to_owned(), profile, read).of(&["uscore.read"]),
    ];
    if !profile.searches.is_empty() {
        let post = test(&id, "search-post", "A search by POST finds the same".to_owned(), profile, by_post);
        tests.push(post.of(&["uscore.search-post"]));
    }
    for (names, must) in profile.searches {
        let is_optional = *must == Must::Should;
        let requirement = if is_optional { "uscore.search-should" } else { "uscore.search" };
        let title = format!("A search by {} finds what it should", names.join(" and "));
        let work = move |step: &mut Step<'_>, profile: &'static Profile| searched(step, profile, names);
        let one = test(&id, &format!("search-{}", names.join("-")), title, profile, work);
        tests.push(one.of(&[requirement]).optional(is_optional));
    }
    tests.extend([
        test(&id, "validation", "What was found keeps the profile".to_owned(), profile, valid)
            .of(&["uscore.validation"]),
        test(&id, "must-support", "Every must-support element was seen".to_owned(), profile, supported)
            .of(&["uscore.must-support"])
            .about("Judged over all that was found together: what one record lacks another may have."),
        test(&id, "references", "References lead to what they name".to_owned(), profile, resolved)
            .of(&["uscore.references"]),
    ]);
    Group {
        id,
        title: profile.title.to_owned(),
        about: format!("The profile {} of {}.", profile.name, profile.kind),
        tests,
        ..Group::default()
    }
}

fn test(
    group: &str,
    id: &str,
    title: String,
    profile: &'static Profile,
    work: impl Fn(&mut Step<'_>, &'static Profile) -> Result<(), Stop> + Send + Sync + 'static,
) -> Test {
    let work = move |step: &mut Step<'_>| {
        wanted(step, profile)?;
        work(step, profile)
    };
    Test::new(format!("{group}/{id}"), title, work).needs(&["patient_ids"])
}

/// What was found under the profile, or why there is nothing to look at.
fn those(step: &Step<'_>, profile: &Profile) -> Result<Vec<Value>, Stop> {
    let found = step.seen(profile.name);
    match found.is_empty() {
        false => Ok(found),
        true => Err(Stop::Skip(format!(
            "no {} was found to look at; see us-core/{}/find",
            profile.kind, profile.name
        ))),
    }
}

fn found(step: &mut Step<'_>, profile: &'static Profile) -> Result<(), Stop> {
    let found = find(step, profile)?;
    step.name_exchanges(profile.name);
    if found.is_empty() {
        let how = match profile.lead {
            Lead::Referred => "nothing that was found refers to one",
            _ => "the patients of this run have none",
        };
        return Err(Stop::Skip(format!("no {} under this profile: {how}", profile.kind)));
    }
    step.note(Weight::Information, format!("{} found", found.len()));
    Ok(())
}

fn read(step: &mut Step<'_>, profile: &'static Profile) -> Result<(), Stop> {
    // One stands for all: what serves one id serves the next.
    let Some(one) = those(step, profile)?.into_iter().next() else { return Ok(()) };
    let id = one["id"].as_str().unwrap_or_default().to_owned();
    let response = get(step, &format!("{}/{id}", profile.kind))?;
    let again = resource(&response, profile.kind)?;
    match again["id"] == one["id"] {
        true => Ok(()),
        false => Err(Stop::Fail(format!("a read of {}/{id} gave the id {}", profile.kind, again["id"]))),
    }
}

/// A resource that has values for all these parameters, as a query.
fn query(found: &[Value], names: &[&str]) -> Option<(Value, Vec<(String, String)>)> {
    found.iter().find_map(|one| {
        let pairs: Option<Vec<_>> =
            names.iter().map(|name| Some(pair(name, &value_of(one, name)?))).collect();
        Some((one.clone(), pairs?))
    })
}

fn searched(step: &mut Step<'_>, profile: &'static Profile, names: &[&str]) -> Result<(), Stop> {
    let those = those(step, profile)?;
    let Some((one, pairs)) = query(&those, names) else {
        let names = names.join(" and ");
        return Err(Stop::Skip(format!(
            "no {} that was found has values to search by {names}",
            profile.kind
        )));
    };
    let (found, _) = search(step, profile.kind, &pairs)?;
    holds(&base(step), &one, &pairs, &found)
}

/// Whether a search found the resource that its values are from, and nothing that does not match.
fn holds(base: &str, one: &Value, pairs: &[(String, String)], found: &[Value]) -> Result<(), Stop> {
    let shown = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    if !found.iter().any(|other| other["id"] == one["id"]) {
        let (kind, id) = (&one["resourceType"], &one["id"]);
        let text =
            format!("{kind} {id} has these values, and was not among the {} found by {shown}", found.len());
        return Err(Stop::Fail(text.replace('"', "")));
    }
    if let Some(stray) = found.iter().find(|other| !is_wanted(other, pairs, base)) {
        return Err(Stop::Fail(
            format!("{} was found by {shown}, and does not match", stray["id"]).replace('"', ""),
        ));
    }
    Ok(())
}

fn by_post(step: &mut Step<'_>, profile: &'static Profile) -> Result<(), Stop> {
    let those = those(step, profile)?;
    let names = profile.searches.iter().map(|(names, _)| *names);
    let Some((one, pairs)) = names.into_iter().find_map(|names| query(&those, names)) else {
        return Err(Stop::Skip("nothing that was found has values to search by".to_owned()));
    };
    let (found, _) = search_by_post(step, profile.kind, &pairs)?;
    holds(&base(step), &one, &pairs, &found)
}

fn valid(step: &mut Step<'_>, profile: &'static Profile) -> Result<(), Stop> {
    let those = those(step, profile)?;
    step.rest_on(profile.name);
    let (mut faulty, mut told) = (0, 0);
    for one in &those {
        let errors = errors(one, profile, step.now_us());
        faulty += usize::from(!errors.is_empty());
        for error in errors {
            told += 1;
            if told <= PROBLEMS_MAX {
                let place = error.expression.as_deref().unwrap_or_default();
                let id = one["id"].as_str().unwrap_or_default();
                step.note(Weight::Error, format!("{}/{id}, {place}: {}", profile.kind, error.diagnostics));
            }
        }
    }
    match faulty {
        0 => Ok(()),
        _ => Err(Stop::Fail(format!(
            "{faulty} of {} do not keep {}; see the notes",
            those.len(),
            profile.name
        ))),
    }
}

fn supported(step: &mut Step<'_>, profile: &'static Profile) -> Result<(), Stop> {
    let those = those(step, profile)?;
    step.rest_on(profile.name);
    let never = never_seen(&those, profile);
    if never.is_empty() {
        return Ok(());
    }
    let text = format!(
        "{} must-support elements were never seen in {} resources: {}",
        never.len(),
        those.len(),
        never.join(", ")
    );
    step.unseen(never);
    Err(Stop::Skip(text))
}

fn resolved(step: &mut Step<'_>, profile: &'static Profile) -> Result<(), Stop> {
    let (those, base) = (those(step, profile)?, base(step));
    let all: BTreeSet<String> = those.iter().flat_map(references).collect();
    let (away, here): (Vec<String>, Vec<String>) =
        all.into_iter().partition(|one| target(one, &base).is_none());
    if !away.is_empty() {
        step.note(
            Weight::Information,
            format!("not followed, since they leave this server: {}", away.join(", ")),
        );
    }
    // Each kind of target has its turn, so that many references to one do not hide a broken one to another.
    let mut turns: Vec<(usize, String)> = Vec::new();
    for reference in here {
        let kind = target(&reference, &base).map_or("", |(kind, _)| kind);
        let before =
            turns.iter().filter(|(_, other)| target(other, &base).is_some_and(|(of, _)| of == kind)).count();
        turns.push((before, reference));
    }
    turns.sort();
    if turns.is_empty() {
        return Err(Stop::Omit("nothing that was found refers to anything here".to_owned()));
    }
    for (_, reference) in turns.into_iter().take(REFERENCES_MAX) {
        let Some((kind, id)) = target(&reference, &base) else { continue };
        let response = get(step, &format!("{kind}/{id}"))?;
        resource(&response, kind).map_err(|_| {
            Stop::Fail(format!(
                "the reference {reference} leads to an answer of {} and not to a {kind}",
                response.status
            ))
        })?;
    }
    Ok(())
}
