use regex::{Regex, RegexBuilder};

use crate::problem::Problem;
use crate::run::call::{Call, Outcome, only, perhaps};
use crate::value::Item;

/// Longer patterns are refused; matching itself takes time linear in text and pattern.
const PATTERN_BYTES_MAX: usize = 1_000;

/// How large a pattern may become when it is prepared.
const PATTERN_MEMORY_BYTES_MAX: usize = 500_000;

/// What replacing may make before it is stopped.
const REPLACED_BYTES_MAX: usize = 1_000_000;

/// What preparing a pattern costs, in steps.
const PATTERN_STEPS: usize = 2_000;

pub(in crate::run) fn length<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    perhaps(call.text()?.map(|text| place(text.chars().count())))
}

pub(in crate::run) fn upper<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    changed(call, |text| text.to_uppercase())
}

pub(in crate::run) fn lower<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    changed(call, |text| text.to_lowercase())
}

pub(in crate::run) fn trim<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    changed(call, |text| text.trim().to_owned())
}

fn changed<'a>(call: &Call<'_, 'a>, change: impl Fn(&str) -> String) -> Outcome<'a> {
    let Some(text) = call.text()? else { return Ok(Vec::new()) };
    call.meter().text(text.len(), call.at)?;
    only(change(&text))
}

pub(in crate::run) fn to_chars<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let Some(text) = call.text()? else { return Ok(Vec::new()) };
    call.meter().items(text.len(), call.at)?;
    Ok(text.chars().map(|one| Item::from(one.to_string())).collect())
}

pub(in crate::run) fn starts_with<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    tested(call, |text, part| text.starts_with(part))
}

pub(in crate::run) fn ends_with<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    tested(call, |text, part| text.ends_with(part))
}

pub(in crate::run) fn contains<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    tested(call, |text, part| text.contains(part))
}

/// The text and one text parameter; none if either is missing.
fn pair(call: &Call<'_, '_>) -> Result<Option<(String, String)>, Problem> {
    let pair = call.text()?.zip(call.text_argument(0)?);
    if let Some((text, part)) = &pair {
        call.meter().charge((text.len() + part.len()) / 8, call.at)?;
    }
    Ok(pair)
}

fn tested<'a>(call: &Call<'_, 'a>, test: impl Fn(&str, &str) -> bool) -> Outcome<'a> {
    perhaps(pair(call)?.map(|(text, part)| test(&text, &part)))
}

pub(in crate::run) fn index_of<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    perhaps(pair(call)?.map(|(text, part)| in_characters(&text, text.find(&part))))
}

pub(in crate::run) fn last_index_of<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    perhaps(pair(call)?.map(|(text, part)| in_characters(&text, text.rfind(&part))))
}

fn in_characters(text: &str, byte: Option<usize>) -> i64 {
    byte.map_or(-1, |byte| place(text[..byte].chars().count()))
}

fn place(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(in crate::run) fn substring<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let (Some(text), Some(start)) = (call.text()?, call.integer_argument(0)?) else { return Ok(Vec::new()) };
    let length = match call.given.len() {
        1 => None,
        _ => Some(call.integer_argument(1)?.unwrap_or(i64::MAX).max(0)),
    };
    call.meter().text(text.len(), call.at)?;
    let Some(start) = usize::try_from(start).ok().filter(|start| *start < text.chars().count()) else {
        return Ok(Vec::new());
    };
    let length = length.map_or(usize::MAX, |length| usize::try_from(length).unwrap_or(usize::MAX));
    only(text.chars().skip(start).take(length).collect::<String>())
}

pub(in crate::run) fn replace<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let (Some((text, pattern)), Some(with)) = (pair(call)?, call.text_argument(1)?) else {
        return Ok(Vec::new());
    };
    let found = text.matches(pattern.as_str()).count();
    call.meter().text(text.len().saturating_add(found.saturating_mul(with.len())), call.at)?;
    only(text.replace(&pattern, &with))
}

pub(in crate::run) fn split<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let Some((text, separator)) = pair(call)? else { return Ok(Vec::new()) };
    call.meter().items(text.matches(separator.as_str()).count() + 1, call.at)?;
    Ok(text.split(&separator).map(|part| Item::from(part.to_owned())).collect())
}

pub(in crate::run) fn join<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let separator = call.text_argument(0)?.unwrap_or_default();
    let mut joined = String::new();
    for (at, item) in call.focus.iter().enumerate() {
        let Some(text) = item.plain().map(|plain| plain.to_string()) else {
            return Err(call.fails(format!("joins text, not {}", item.type_name())));
        };
        if at > 0 {
            joined.push_str(&separator);
        }
        joined.push_str(&text);
        call.meter().charge(text.len() / 8, call.at)?;
        if at % 64 == 0 {
            call.meter().text(joined.len(), call.at)?;
        }
    }
    call.meter().text(joined.len(), call.at)?;
    if call.focus.is_empty() { Ok(Vec::new()) } else { only(joined) }
}

pub(in crate::run) fn matches<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    matched(call, |pattern| pattern.to_owned())
}

pub(in crate::run) fn matches_full<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    matched(call, |pattern| format!("^(?:{pattern})$"))
}

fn matched<'a>(call: &Call<'_, 'a>, shape: impl Fn(&str) -> String) -> Outcome<'a> {
    let Some((text, pattern)) = pair(call)? else { return Ok(Vec::new()) };
    let pattern = prepared(call, &shape(&pattern), call.text_argument(1)?)?;
    call.meter().text(text.len(), call.at)?;
    only(pattern.is_match(&text))
}

pub(in crate::run) fn replace_matches<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let (Some((text, pattern)), Some(with)) = (pair(call)?, call.text_argument(1)?) else {
        return Ok(Vec::new());
    };
    if pattern.is_empty() {
        return only(text);
    }
    let pattern = prepared(call, &pattern, call.text_argument(2)?)?;
    let with = groups(&with);
    let (mut replaced, mut end) = (String::new(), 0);
    for found in pattern.captures_iter(&text) {
        let Some(whole) = found.get(0) else { continue };
        replaced.push_str(&text[end..whole.start()]);
        found.expand(&with, &mut replaced);
        end = whole.end();
        call.meter().charge(1 + whole.len() / 8, call.at)?;
        if replaced.len() > REPLACED_BYTES_MAX {
            return Err(Problem::limit(call.at, format!("{REPLACED_BYTES_MAX} bytes of text")));
        }
    }
    replaced.push_str(&text[end..]);
    call.meter().text(replaced.len(), call.at)?;
    only(replaced)
}

/// `$1` as the library reads it whatever follows, and `$name` likewise.
fn groups(with: &str) -> String {
    let mut written = String::new();
    let mut rest = with;
    while let Some(at) = rest.find('$') {
        let behind = &rest[at + 1..];
        let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
        written.push_str(&rest[..at]);
        match digits {
            0 => written.push('$'),
            _ => written.push_str(&format!("${{{}}}", &behind[..digits])),
        }
        rest = &behind[digits..];
    }
    written + rest
}

/// A pattern, prepared once in an evaluation. A point also stands for the end of a line (FHIRPath, 5.6.9).
fn prepared(call: &Call<'_, '_>, pattern: &str, flags: Option<String>) -> Result<Regex, Problem> {
    let flags = flags.unwrap_or_default();
    let key = format!("{flags}:{pattern}");
    if let Some(known) = call.run.patterns.borrow().get(&key) {
        return Ok(known.clone());
    }
    if pattern.len() > PATTERN_BYTES_MAX {
        return Err(Problem::limit(call.at, format!("{PATTERN_BYTES_MAX} bytes of pattern")));
    }
    call.meter().charge(PATTERN_STEPS + pattern.len(), call.at)?;
    let built = RegexBuilder::new(pattern)
        .dot_matches_new_line(true)
        .case_insensitive(flags.contains('i'))
        .multi_line(flags.contains('m'))
        .size_limit(PATTERN_MEMORY_BYTES_MAX)
        .dfa_size_limit(PATTERN_MEMORY_BYTES_MAX)
        .nest_limit(50)
        .build();
    let first_line =
        |error: regex::Error| error.to_string().lines().last().unwrap_or_default().trim().to_owned();
    let built =
        built.map_err(|error| call.fails(format!("cannot read the pattern: {}", first_line(error))))?;
    call.run.patterns.borrow_mut().insert(key, built.clone());
    Ok(built)
}
