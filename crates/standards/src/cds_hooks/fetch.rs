use serde_json::Value;

use super::hook::Hook;
use super::template::{TemplateError, resolve};

/// What a prefetch template asks for, once it is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetch {
    /// One resource.
    Read {
        /// Its type.
        kind: String,
        /// Its id.
        id: String,
    },
    /// Those that a search finds.
    Search {
        /// Their type.
        kind: String,
        /// The parameters, as written.
        query: String,
    },
}

/// Why a template fetches nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// It cannot be filled in.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// It is neither a read nor a search of a type.
    #[error("'{0}' is neither a read (Type/ID) nor a search (Type?name=value) relative to the FHIR server")]
    Shape(String),
}

impl Fetch {
    /// What `template` asks for at a moment with this context, at `now_us` by the hospital's clock, microseconds since 1970 UTC (CDS Hooks 2.0, Prefetch Template).
    ///
    /// # Errors
    /// [`FetchError`].
    pub fn of(template: &str, context: &Value, now_us: i64) -> Result<Self, FetchError> {
        let filled = resolve(template, context, now_us)?;
        let shape = || FetchError::Shape(template.to_owned());
        let is_type = |text: &str| {
            text.starts_with(|c: char| c.is_ascii_uppercase())
                && text.chars().all(|c| c.is_ascii_alphanumeric())
        };
        if let Some((kind, query)) = filled.split_once('?') {
            let fetch = Self::Search { kind: kind.to_owned(), query: query.to_owned() };
            return is_type(kind).then_some(fetch).ok_or_else(shape);
        }
        let (kind, id) = filled.split_once('/').ok_or_else(shape)?;
        let is_id = (1..=64).contains(&id.len())
            && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
        let fetch = Self::Read { kind: kind.to_owned(), id: id.to_owned() };
        (is_type(kind) && is_id).then_some(fetch).ok_or_else(shape)
    }

    /// Whether a template could be filled in at a hook at all.
    ///
    /// # Errors
    /// [`FetchError`], as [`Fetch::of`].
    pub fn check(template: &str, hook: Hook) -> Result<(), FetchError> {
        let filled = |user: &str| {
            let members = hook.context_members().iter().map(|member| {
                let sample = if *member == "userId" { user } else { "x" };
                ((*member).to_owned(), Value::from(sample))
            });
            Self::of(template, &Value::Object(members.collect()), 0).map(|_| ())
        };
        // Whoever works may be of any of these types.
        let others = ["PractitionerRole/x", "Patient/x", "RelatedPerson/x"];
        filled("Practitioner/x")
            .or_else(|first| others.into_iter().find_map(|user| filled(user).ok()).ok_or(first))
    }
}
