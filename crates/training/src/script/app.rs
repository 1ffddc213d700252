//! What an app does at the hospital's identity provider, as a script plays it.

use crate::text::{Escape, UnknownValue, Values, fill};

/// One thing an app does; texts hold placeholders until [`AppAct::filled`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AppAct {
    /// `app = { key = "ES384" }`: makes a pair of keys. The reply's body has `public`, a JWK, and `private`.
    Key,
    /// `app = { authorize = {..} }`: opens the app, lets the learner agree, and exchanges the code. The reply is the token
    /// endpoint's, or the refusal of whichever step refused.
    Authorize(Authorization),
    /// `app = { assert = {..} }`: asks for a token of its own with a signed assertion. The reply is the token endpoint's.
    Assert(Assertion),
}

/// How an app comes to a token through a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization {
    /// Its client id.
    pub client: String,
    /// Where it wants the code sent.
    pub redirect_uri: String,
    /// What it asks for.
    pub scope: String,
    /// The part of it that the learner leaves ticked; all when absent.
    pub agree: Option<String>,
    /// The patient: that of the chart it is opened from, or the one chosen.
    pub patient: Option<String>,
    /// The stay it is opened from.
    pub encounter: Option<String>,
    /// Whether it is opened from the chart, and so has a `launch`.
    pub from_chart: bool,
    /// Whether it proves that it is who asked (PKCE).
    pub pkce: bool,
}

/// How an app comes to a token by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// Its client id.
    pub client: String,
    /// The private half of its key, as the action `key` gave it.
    pub key: String,
    /// What it asks for.
    pub scope: String,
    /// Whom the assertion is meant for; the token endpoint when absent.
    pub audience: Option<String>,
}

impl AppAct {
    /// The act with every value filled in.
    ///
    /// # Errors
    /// A placeholder without a value.
    pub fn filled(&self, values: &Values) -> Result<Self, UnknownValue> {
        let filled = |text: &String| fill(text, values, Escape::Plain);
        let maybe = |text: &Option<String>| text.as_ref().map(filled).transpose();
        Ok(match self {
            Self::Key => Self::Key,
            Self::Authorize(own) => Self::Authorize(Authorization {
                client: filled(&own.client)?,
                redirect_uri: filled(&own.redirect_uri)?,
                scope: filled(&own.scope)?,
                agree: maybe(&own.agree)?,
                patient: maybe(&own.patient)?,
                encounter: maybe(&own.encounter)?,
                from_chart: own.from_chart,
                pkce: own.pkce,
            }),
            Self::Assert(own) => Self::Assert(Assertion {
                client: filled(&own.client)?,
                key: filled(&own.key)?,
                scope: filled(&own.scope)?,
                audience: maybe(&own.audience)?,
            }),
        })
    }

    /// Its texts, which may hold placeholders.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let (needed, maybe) = match self {
            Self::Key => (vec![], vec![]),
            Self::Authorize(own) => (
                vec![&own.client, &own.redirect_uri, &own.scope],
                vec![&own.agree, &own.patient, &own.encounter],
            ),
            Self::Assert(own) => (vec![&own.client, &own.key, &own.scope], vec![&own.audience]),
        };
        needed.into_iter().chain(maybe.into_iter().flatten()).map(String::as_str).collect()
    }
}
