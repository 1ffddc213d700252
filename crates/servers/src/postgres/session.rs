use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use pgwire::api::auth::{AuthSource, LoginInfo, Password};
use pgwire::error::{PgWireError, PgWireResult};
use platform::access::Access;
use platform::lake::{LakeError, Right};
use platform::people::Person;
use platform::{Platform, StoreError};

use super::refusal::{fatal, refused};
use crate::state::App;

/// The system somebody comes from, for the journal.
const SOURCE: &str = "postgres";

/// One connection: who it is, in which hospital, and what for.
pub(super) struct Session {
    pub(super) app: App,
    state: Mutex<State>,
}

#[derive(Debug, Clone, Default)]
struct State {
    person: Option<Person>,
    sandbox: String,
    purpose: Option<String>,
}

impl fmt::Debug for Session {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Session {
    /// A connection of nobody yet.
    pub(super) fn new(app: App) -> Self {
        Self { app, state: Mutex::default() }
    }

    /// What was said that questions are for.
    pub(super) fn purpose(&self) -> Option<String> {
        self.state().purpose.clone()
    }

    /// Runs a use case in the hospital of this connection, where it may take its time.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Platform, &Access) -> Result<T, LakeError> + Send + 'static,
    ) -> PgWireResult<T> {
        let State { person, sandbox, .. } = self.state().clone();
        let Some(person) = person else {
            return Err(fatal("28000", "nobody is signed in on this connection"));
        };
        let done = self.app.run_dialling(move |platform| {
            let access = platform.enter(&person, &sandbox, SOURCE).map_err(|error| match error {
                platform::sandboxes::SandboxError::Store(error) => error,
                other => StoreError::Conflict { what: other.to_string() },
            })?;
            work(platform, &access)
        });
        done.await.map_err(|error| refused(&error, None))
    }

    /// Takes a purpose for the questions that follow, if the role worked as may ask for it.
    pub(super) async fn choose(&self, purpose: &str) -> PgWireResult<Right> {
        let wanted = purpose.to_owned();
        let right = self.run(move |platform, access| platform.lake_right(access, Some(&wanted))).await?;
        self.state().purpose = Some(right.purpose.clone());
        Ok(right)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets somebody in who sends a token.
#[derive(Debug)]
pub(super) struct SignIn(pub(super) Arc<Session>);

#[expect(elided_lifetimes_in_paths, reason = "the trait's own signature, which its macro needs as it is")]
#[async_trait]
impl AuthSource for SignIn {
    async fn get_password(&self, _: &LoginInfo) -> PgWireResult<Password> {
        // A token is kept as a hash, so that it can be checked and not told.
        Err(fatal("28P01", "the password is a bearer token, sent as it is"))
    }

    async fn verify_password(&self, login: &LoginInfo, presented: &[u8]) -> PgWireResult<Option<()>> {
        let token = String::from_utf8_lossy(presented).trim().to_owned();
        let sandbox = login.database().or(login.user()).unwrap_or_default().to_owned();
        let asked = sandbox.clone();
        let found = self.0.app.run(move |platform| {
            let Some(person) = platform.people().token(&token).ok().flatten() else { return Err(None) };
            platform.enter(&person, &asked, SOURCE).map(|_| person).map_err(Some)
        });
        match found.await {
            Ok(person) => {
                *self.0.state() = State { person: Some(person), sandbox, purpose: None };
                Ok(None)
            }
            Err(None) => Err(PgWireError::InvalidPassword(login.user().unwrap_or_default().to_owned())),
            Err(Some(_)) => {
                Err(fatal("3D000", &format!("there is no hospital '{sandbox}' that you may enter")))
            }
        }
    }
}
