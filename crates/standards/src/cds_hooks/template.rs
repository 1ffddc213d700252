use serde_json::Value;

use crate::fhir::instant;

/// Why a prefetch template cannot be filled in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// Braces that do not close.
    #[error("'{{{{' at character {0} has no '}}}}'")]
    Open(usize),
    /// A token that is not of the kind understood here.
    #[error(
        "'{{{{{0}}}}}' is not filled in here; write {{{{context.MEMBER}}}}, {{{{userPractitionerId}}}} or {{{{today() - 90 days}}}}: other tokens and FHIRPath are not"
    )]
    Unknown(String),
    /// The context has no such member, or it is not a text or a number.
    #[error("the context has no '{0}', or it is not a text")]
    Absent(String),
}

/// The tokens for the id of whoever works, by the type of their record (CDS Hooks 2.0, Prefetch tokens identifying the user).
const OF_USER: [(&str, &str); 4] = [
    ("userPractitionerId", "Practitioner/"),
    ("userPractitionerRoleId", "PractitionerRole/"),
    ("userPatientId", "Patient/"),
    ("userRelatedPersonId", "RelatedPerson/"),
];
/// The furthest from today that a token may lead, in days.
const DAYS_MAX: i64 = 36_500;
const DAY_US: i64 = 86_400_000_000;

/// A prefetch template with its tokens replaced by what the context says (CDS Hooks 2.0, Prefetch Tokens).
///
/// Only members at the root of the context can be named, as the standard has it, and the id in `userId` by its type. Beyond version 2.0, which has no
/// FHIRPath, `today()` and days before or after it are understood, alone in their token, since services that look back so many days write them
/// (Da Vinci CRD 2 asks clients for it); today is that of `now_us`, microseconds since 1970 UTC. What is put in is percent-encoded where it would
/// otherwise change the request: an id cannot add a parameter.
///
/// # Errors
/// [`TemplateError`] for the first token that cannot be replaced; then nothing should be fetched.
pub fn resolve(template: &str, context: &Value, now_us: i64) -> Result<String, TemplateError> {
    let mut resolved = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let open = || TemplateError::Open(template.chars().count() - after.chars().count() - 2);
        let (token, behind) = after.split_once("}}").ok_or_else(open)?;
        let name = token.trim();
        let said = said(name, context, now_us)?;
        resolved.push_str(before);
        push_encoded(&said, &mut resolved);
        rest = behind;
    }
    resolved.push_str(rest);
    Ok(resolved)
}

/// What a token stands for.
fn said(name: &str, context: &Value, now_us: i64) -> Result<String, TemplateError> {
    let unknown = || TemplateError::Unknown(name.to_owned());
    if let Some((_, kind)) = OF_USER.iter().find(|(token, _)| *token == name) {
        let user = context.get("userId").and_then(Value::as_str).unwrap_or_default();
        let id = user.strip_prefix(kind).ok_or_else(|| TemplateError::Absent(name.to_owned()))?;
        return Ok(id.to_owned());
    }
    if let Some(shift) = name.strip_prefix("today()") {
        let days = days(shift.trim()).ok_or_else(unknown)?;
        return Ok(instant::format(now_us + days * DAY_US).chars().take("2031-03-04".len()).collect());
    }
    let member = name.strip_prefix("context.").ok_or_else(unknown)?;
    let is_name = !member.is_empty() && member.chars().all(|c| c.is_ascii_alphanumeric());
    match context.get(member) {
        _ if !is_name => Err(unknown()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Number(number)) => Ok(number.to_string()),
        _ => Err(TemplateError::Absent(member.to_owned())),
    }
}

/// How many days after today: of nothing, none; of `- 90 days`, ninety before.
fn days(shift: &str) -> Option<i64> {
    if shift.is_empty() {
        return Some(0);
    }
    let (sign, rest) = match shift.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let count = rest.trim().strip_suffix("days").or_else(|| rest.trim().strip_suffix("day"))?.trim();
    let is_number = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    let count: i64 = is_number.then(|| count.parse().ok()).flatten()?;
    (count <= DAYS_MAX).then_some(sign * count)
}

/// Everything but what ids and references are made of (RFC 3986, 2.3, and the slash) is encoded.
fn push_encoded(text: &str, into: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                into.push(byte as char);
            }
            other => into.push_str(&format!("%{other:02X}")),
        }
    }
}
