//! Signing in at the provider of one's school or hospital, by OpenID Connect.
//!
//! The provider is chosen by whoever runs this Practicum, and is trusted to say who somebody is: an account is found by the
//! provider's own name for them or, the first time, by the login that is their verified address or the name they go by there. Nobody
//! gets an account by signing in; class lists and instructors make them.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use identity::oidc::{Challenge, Claims, Expected, Metadata, ProviderKeys, id_token, redemption, request};
use kits::wire::Limits;
use kits::wire::http::{Client, Request};
use serde_json::Value;
use store::records::Person;

use super::secret::new_secret;
use super::{People, PeopleError, STAND_IN_PREFIX, SignedIn};

/// How long somebody may take at the provider, in microseconds.
const TAKES_US_MAX: i64 = 10 * 60 * 1_000_000;
/// Sign-ins under way at a time.
const UNDER_WAY_MAX: usize = 10_000;
/// The longest answer of a provider that is read.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// The provider at which people of this house sign in.
#[derive(Debug)]
pub struct Provider {
    settings: ProviderSettings,
    under_way: Mutex<HashMap<String, UnderWay>>,
}

/// What whoever runs this Practicum says of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderSettings {
    /// Its name, such as `https://login.example`.
    pub issuer: String,
    /// What we are called there.
    pub client_id: String,
    /// What we show there, if we have to.
    pub client_secret: Option<String>,
    /// What people call it: `Riverside College`.
    pub title: String,
}

#[derive(Debug)]
struct UnderWay {
    challenge: Challenge,
    back: String,
    next: String,
    until_us: i64,
}

/// Why a sign-in at the provider came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// The provider could not be asked, or its answer is none. The words are for the log.
    #[error("the provider cannot be asked right now; try again, or sign in with login and password")]
    Provider(String),
    /// What came back belongs to no sign-in that is under way.
    #[error("this sign-in has ended or was begun elsewhere; begin again")]
    Unknown,
    /// Nobody here is who came back.
    #[error(
        "you are signed in at your provider as {0}, and nobody here has that login; ask whoever runs this Practicum"
    )]
    Nobody(String),
    /// From the accounts.
    #[error(transparent)]
    People(#[from] PeopleError),
}

impl Provider {
    /// A provider at which nobody has signed in yet.
    #[must_use]
    pub fn new(settings: ProviderSettings) -> Self {
        Self { settings, under_way: Mutex::default() }
    }

    /// What people call it.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.settings.title
    }

    fn under_way(&self) -> MutexGuard<'_, HashMap<String, UnderWay>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn metadata(&self) -> Result<Metadata, ProviderError> {
        let issuer = &self.settings.issuer;
        let said = asked(&Request::get(Metadata::address(issuer)))?;
        Metadata::read(issuer, &said).map_err(ProviderError::Provider)
    }

    /// Gives a code for the identity token (section 3.1.3).
    fn redeem(&self, metadata: &Metadata, code: &str, under_way: &UnderWay) -> Result<String, ProviderError> {
        let ProviderSettings { client_id, client_secret, .. } = &self.settings;
        let client = (client_id.as_str(), client_secret.as_deref());
        let body = redemption(client, &under_way.back, code, &under_way.challenge);
        let to = Request::post(&metadata.token_endpoint, "application/x-www-form-urlencoded", body);
        let given = asked(&to)?;
        let token = given.get("id_token").and_then(Value::as_str).map(str::to_owned);
        token.ok_or_else(|| ProviderError::Provider("the provider gave no id_token".to_owned()))
    }
}

/// What a provider answers, as JSON.
fn asked(request: &Request) -> Result<Value, ProviderError> {
    let client = Client::new(&Limits { body_bytes_max: ANSWER_BYTES_MAX, ..Limits::default() });
    let request = request.clone().with("accept", "application/json");
    let failed = |what: String| ProviderError::Provider(format!("{}: {what}", request.url));
    let answer = client.ask(&request).map_err(|(trouble, _)| failed(trouble.to_string()))?;
    if !answer.is_success() {
        return Err(failed(format!("{} {}", answer.status, String::from_utf8_lossy(&answer.body))));
    }
    serde_json::from_slice(&answer.body).map_err(|_| failed("no JSON".to_owned()))
}

impl People {
    /// Where a browser is sent to sign in at the provider, and what it must bring back as `state`. `back` is our address for that, `next`
    /// where to go afterwards. It asks the provider, and may wait for it.
    ///
    /// # Errors
    /// [`ProviderError::Provider`] if the provider cannot be asked.
    pub fn begin_at(
        &self,
        provider: &Provider,
        back: &str,
        next: &str,
    ) -> Result<(String, String), ProviderError> {
        let metadata = provider.metadata()?;
        let [state, nonce, verifier] = std::array::from_fn(|_| new_secret(&*self.entropy));
        let challenge = Challenge { state: state.clone(), nonce, verifier };
        let to = request(&metadata, &provider.settings.client_id, back, &challenge);
        let now_us = self.clock.now_us();
        let mut under_way = provider.under_way();
        under_way.retain(|_, one| now_us < one.until_us);
        if under_way.len() >= UNDER_WAY_MAX {
            return Err(ProviderError::Provider("too many sign-ins are under way".to_owned()));
        }
        let (back, next) = (back.to_owned(), next.to_owned());
        under_way.insert(state.clone(), UnderWay { challenge, back, next, until_us: now_us + TAKES_US_MAX });
        Ok((to, state))
    }

    /// Signs in who came back from the provider with a code; and where to go now. A state is good once. It asks the provider, and may
    /// wait for it.
    ///
    /// # Errors
    /// [`ProviderError`]: the provider fails or its token does not hold, the sign-in is not under way, or nobody here is who came back.
    pub fn end_at(
        &self,
        provider: &Provider,
        state: &str,
        code: &str,
    ) -> Result<(SignedIn, String), ProviderError> {
        let now_us = self.clock.now_us();
        let found = provider.under_way().remove(state).filter(|one| now_us < one.until_us);
        let under_way = found.ok_or(ProviderError::Unknown)?;
        let metadata = provider.metadata()?;
        let token = provider.redeem(&metadata, code, &under_way)?;
        let keys = ProviderKeys::read(&asked(&Request::get(&metadata.jwks_uri))?);
        let expected = Expected {
            issuer: &metadata.issuer,
            client: &provider.settings.client_id,
            nonce: &under_way.challenge.nonce,
            now_s: now_us / 1_000_000,
        };
        let claims = keys.and_then(|keys| id_token(&token, &keys, expected).map_err(str::to_owned));
        let claims = claims.map_err(ProviderError::Provider)?;
        let person = self.who(&metadata.issuer, &claims, now_us)?;
        Ok((self.begin_session(person)?, under_way.next))
    }

    /// The account of who came back: the one they had before or, the first time, the one with their login.
    fn who(&self, issuer: &str, claims: &Claims, now_us: i64) -> Result<Person, ProviderError> {
        let records = &self.records;
        if let Some(id) = records.oidc_subject(issuer, &claims.subject).map_err(PeopleError::from)? {
            return records.person(&id).map_err(PeopleError::from)?.ok_or(ProviderError::Unknown);
        }
        let names = [&claims.email, &claims.preferred_username];
        for login in names.into_iter().flatten().filter(|login| !login.starts_with(STAND_IN_PREFIX)) {
            if let Some((person, _)) = records.person_by_login(login).map_err(PeopleError::from)? {
                let kept = records.oidc_subject_add(issuer, &claims.subject, &person.id, now_us);
                kept.map_err(PeopleError::from)?;
                return Ok(person);
            }
        }
        let named = names.into_iter().flatten().next().unwrap_or(&claims.subject);
        Err(ProviderError::Nobody(named.clone()))
    }
}
