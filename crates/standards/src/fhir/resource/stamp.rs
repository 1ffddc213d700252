//! Writing id, version and time into a resource without touching anything else.

use std::ops::Range;

use super::scan::{Member, members};
use crate::fhir::instant;
use crate::fhir::outcome::{Issue, IssueCode};

/// What the server says about a version of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp<'a> {
    /// The logical id; must be well-formed, see [`super::is_id`].
    pub id: &'a str,
    /// The number of the version, from 1.
    pub version: u64,
    /// When this version was made, in microseconds since 1970 in UTC.
    pub last_updated_us: i64,
}

/// The source with `id`, `meta.versionId` and `meta.lastUpdated` set, everything else byte for byte
/// as it was.
///
/// A missing `id` goes right after `resourceType`, a missing `meta` right after `id`, in
/// the layout of their neighbours; missing members of `meta` go to its beginning.
///
/// # Errors
///
/// An issue when the source is not a JSON object, has no `resourceType`, or its `meta` is no object.
pub fn stamp(source: &[u8], stamp: &Stamp<'_>) -> Result<Vec<u8>, Issue> {
    let members = members(source, 0)
        .ok_or_else(|| Issue::error(IssueCode::Structure, "the body is not a JSON object"))?;
    let anchor = find(source, &members, "resourceType")
        .ok_or_else(|| Issue::error(IssueCode::Required, "`resourceType` is missing; it names the type"))?;
    let id = find(source, &members, "id");
    let mut edits = vec![match id {
        Some(member) => replace(member, quoted(stamp.id)),
        None => append(source, anchor, "id", &quoted(stamp.id)),
    }];
    let version = quoted(&stamp.version.to_string());
    let last_updated = quoted(&instant::format(stamp.last_updated_us));
    match find(source, &members, "meta") {
        Some(meta) => edit_meta(source, meta, version, last_updated, &mut edits)?,
        None => {
            let meta = format!(r#"{{"versionId":{version},"lastUpdated":{last_updated}}}"#);
            edits.push(append(source, id.unwrap_or(anchor), "meta", &meta));
        }
    }
    Ok(apply(source, edits))
}

/// Bytes to put in the place of a range of the source.
type Edit = (Range<usize>, Vec<u8>);

fn edit_meta(
    source: &[u8],
    meta: &Member,
    version: String,
    last_updated: String,
    edits: &mut Vec<Edit>,
) -> Result<(), Issue> {
    let at = meta.value.start;
    let members = members(source, at)
        .ok_or_else(|| Issue::error(IssueCode::Structure, "`meta` is not an object").at("meta"))?;
    let mut missing = Vec::new();
    for (name, value) in [("versionId", version), ("lastUpdated", last_updated)] {
        match find(source, &members, name) {
            Some(member) => edits.push(replace(member, value)),
            None => missing.push((name, value)),
        }
    }
    let (lead, gap, last) = match members.first() {
        Some(first) => (&source[first.lead.clone()], &source[first.gap.clone()], ","),
        None => (&b""[..], &b":"[..], ""),
    };
    let count = missing.len();
    for (position, (name, value)) in missing.into_iter().enumerate() {
        let separator = if position + 1 < count { "," } else { last };
        let text = [lead, quoted(name).as_bytes(), gap, value.as_bytes(), separator.as_bytes()].concat();
        edits.push((at + 1..at + 1, text));
    }
    Ok(())
}

fn replace(member: &Member, value: String) -> Edit {
    (member.value.clone(), value.into_bytes())
}

/// A new member right after another one, laid out like it.
fn append(source: &[u8], after: &Member, name: &str, value: &str) -> Edit {
    let (lead, gap) = (&source[after.lead.clone()], &source[after.gap.clone()]);
    let text = [b",", lead, quoted(name).as_bytes(), gap, value.as_bytes()].concat();
    (after.value.end..after.value.end, text)
}

fn apply(source: &[u8], mut edits: Vec<Edit>) -> Vec<u8> {
    // Stable, so that insertions at the same place keep the order they were made in.
    edits.sort_by_key(|(range, _)| range.start);
    let added: usize = edits.iter().map(|(_, text)| text.len()).sum();
    let mut result = Vec::with_capacity(source.len() + added);
    let mut done = 0;
    for (range, text) in edits {
        result.extend_from_slice(&source[done..range.start]);
        result.extend_from_slice(&text);
        done = range.end;
    }
    result.extend_from_slice(&source[done..]);
    result
}

fn find<'a>(source: &[u8], members: &'a [Member], name: &str) -> Option<&'a Member> {
    members.iter().find(|member| is_named(&source[member.name.clone()], name))
}

/// Compares a name in the source, with quotes and perhaps escapes, with a plain one.
fn is_named(quoted: &[u8], name: &str) -> bool {
    match quoted.contains(&b'\\') {
        true => serde_json::from_slice::<String>(quoted).is_ok_and(|found| found == name),
        false => quoted.get(1..quoted.len() - 1) == Some(name.as_bytes()),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
