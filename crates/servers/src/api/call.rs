use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use platform::Platform;
use platform::access::Access;
use platform::people::Person;

use crate::problem::Problem;
use crate::signed_in::SignedIn;
use crate::state::App;

/// A request, read and not yet judged.
pub(crate) struct Caller {
    pub(super) who: Option<SignedIn>,
    /// The variable parts of the address, by name.
    pub(super) parts: Vec<(String, String)>,
    /// What comes after the `?`.
    pub(super) query: Option<String>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// How the client addressed this server, such as `http://127.0.0.1:8080`.
    pub(super) base_url: String,
    /// Where the request came from: an IP address, or `unknown`.
    pub(super) from: String,
}

impl Caller {
    /// A variable part of the address. Every route asks only for parts that its own address names.
    pub(super) fn part(&self, name: &str) -> &str {
        let found = self.parts.iter().find(|(part, _)| part == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Who is asking.
    pub(super) fn signed_in(&self) -> Result<&SignedIn, Problem> {
        let refused = || Problem::new(StatusCode::UNAUTHORIZED, "sign in, or send a bearer token");
        self.who.as_ref().ok_or_else(refused)
    }

    /// The last event a stream's client has seen, when it connects again.
    pub(super) fn last_event(&self) -> Option<i64> {
        self.headers.get("last-event-id")?.to_str().ok()?.parse().ok()
    }
}

/// A request on its way through a use case.
pub(crate) struct Call<'a> {
    pub(super) app: &'a App,
    pub(super) caller: &'a Caller,
}

impl Call<'_> {
    /// The hospital without its faces.
    pub(super) fn platform(&self) -> &Platform {
        &self.app.platform
    }

    /// A variable part of the address.
    pub(super) fn part(&self, name: &str) -> &str {
        self.caller.part(name)
    }

    /// Who is asking.
    pub(super) fn person(&self) -> Result<&Person, Problem> {
        Ok(&self.caller.signed_in()?.person)
    }

    /// The way into a sandbox, if the caller may enter it.
    pub(super) fn enter(&self, sandbox: &str) -> Result<Access, Problem> {
        let who = self.caller.signed_in()?;
        Ok(self.platform().enter(&who.person, sandbox, who.source)?)
    }
}
