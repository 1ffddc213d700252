use data_encoding::BASE32_NOPAD;
use identity::grant::Subject;
use identity::{Code, totp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::StoreError;
use store::sandbox::View;

use super::authenticator::{new_totp, sealed};
use super::error::IdentityError;
use super::keep::{Kind, all, event, find, forget, hashed, keep};
use crate::access::{Access, outcome};
use crate::people::CsrfToken;
use crate::people::PeopleError;
use crate::people::secret::{hash_of, new_secret};
use crate::platform::Platform;
use crate::response::{Route, is_disabled};
use crate::seal::Sealed;

/// How long a person stays signed in at the identity provider, in seconds: a shift.
pub(super) const SESSION_S: i64 = 8 * 60 * 60;

/// A person of the hospital as the identity provider knows them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct User {
    /// Their login, their name, and who they are in the records.
    #[serde(flatten)]
    pub subject: Subject,
    /// Their role, as the hospital has it.
    pub role: String,
    pub(super) password: String,
    /// The secret of their authenticator app.
    pub totp: Option<Sealed>,
    pub(super) totp_last: Option<i64>,
}

/// A person to add.
#[derive(Debug, Clone, Deserialize)]
pub struct NewUser {
    /// 1 to 40 letters, digits, dots and hyphens.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: String,
    /// At least 10 characters.
    pub password: String,
    /// Who they are in the records, such as `Practitioner/7`.
    pub fhir_user: Option<String>,
    /// Whether they also need a code from an authenticator app.
    pub with_totp: bool,
}

/// Somebody signed in at the identity provider.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who.
    pub subject: Subject,
    /// What their forms carry.
    pub csrf: CsrfToken,
}

/// A session as it is kept, under its hash.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) subject: Subject,
    expires_us: i64,
}

/// The people of a hospital's identity provider, by login.
pub(crate) fn accounts(view: View<'_>) -> Result<Vec<User>, StoreError> {
    Ok(all::<User>(view, Kind::User)?.into_iter().map(|(_, user)| user).collect())
}

/// Gives somebody an account without a password, with the secret of an authenticator app if one is given, as a directory does before the first day: nobody signs in with it yet.
pub(crate) fn enrol(
    access: &Access,
    subject: Subject,
    role: &str,
    totp: Option<[u8; 20]>,
) -> Result<(), StoreError> {
    let totp = totp.map(|secret| sealed(access, &subject.login, &secret)).transpose()?;
    let user = User { subject, role: role.to_owned(), password: String::new(), totp, totp_last: None };
    access.change("auth.user", |change| {
        keep(change, access, Kind::User, &user.subject.login, &user)?;
        let detail = json!({"login": user.subject.login, "role": user.role, "totp": user.totp.is_some()});
        change.note(&event(access, "auth.user", outcome::OK, detail)).map(|_| ())
    })
}

impl Platform {
    /// Adds a person, or replaces the one of that login. Returns the secret of their authenticator app, base 32, where
    /// they need one: it is told this once.
    ///
    /// # Errors
    /// With the field that cannot be accepted.
    pub fn add_user(&self, access: &Access, new: NewUser) -> Result<(User, Option<String>), IdentityError> {
        let wrong = |what: &str| IdentityError::refused(Code::InvalidRequest, what);
        let sound = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
        if !(1..=40).contains(&new.login.len()) || !new.login.chars().all(sound) {
            return Err(wrong("login: 1 to 40 letters, digits, dots and hyphens"));
        }
        if new.name.trim().is_empty() || new.name.chars().count() > 80 {
            return Err(wrong("name: 1 to 80 characters"));
        }
        let fhir_user = new.fhir_user.filter(|reference| !reference.is_empty());
        if let Some(reference) = &fhir_user {
            let parts = reference.split_once('/');
            let kinds = ["Practitioner", "Patient", "RelatedPerson", "Person"];
            let found = parts
                .filter(|(kind, _)| kinds.contains(kind))
                .map(|(kind, id)| access.sandbox().view(|view| view.get(kind, id)));
            if found.transpose()?.flatten().is_none_or(|stored| stored.deleted) {
                return Err(wrong(
                    "fhir_user: must be a Practitioner or Patient of this hospital, such as Practitioner/7",
                ));
            }
        }
        let hashed = self.people.passwords.hash(&new.password, &*self.entropy);
        let password = hashed.map_err(|error| wrong(&error.to_string()))?;
        let secret = new.with_totp.then(|| new_totp(&*self.entropy));
        let subject = Subject { login: new.login, name: new.name.trim().to_owned(), fhir_user };
        let totp = secret.map(|secret| sealed(access, &subject.login, &secret)).transpose()?;
        let user = User { subject, role: new.role, password, totp, totp_last: None };
        access.change("auth.user", |change| {
            keep(change, access, Kind::User, &user.subject.login, &user)?;
            let detail = json!({"login": user.subject.login, "role": user.role, "totp": user.totp.is_some()});
            change.note(&event(access, "auth.user", outcome::OK, detail))?;
            Ok((user, secret.map(|secret| BASE32_NOPAD.encode(&secret))))
        })
    }

    /// The people of the identity provider, by login.
    pub fn users(&self, access: &Access) -> Result<Vec<User>, StoreError> {
        access.sandbox().view(accounts)
    }

    /// Whether there is an account of this login.
    pub(crate) fn knows_user(&self, view: store::sandbox::View<'_>, login: &str) -> Result<bool, StoreError> {
        Ok(find::<User>(view, Kind::User, login)?.is_some())
    }

    /// Signs a person in with password and, where they have one, the code of their authenticator app. `from` is where the
    /// request came from. Returns the secret of the session. Every failure looks the same.
    ///
    /// # Errors
    /// [`Code::AccessDenied`], or too many tries.
    pub fn sign_in_user(
        &self,
        access: &Access,
        (login, password, code): (&str, &str, &str),
        from: &str,
    ) -> Result<String, IdentityError> {
        let access = access.acting_as(login.get(..40).unwrap_or(login), "browser");
        if let Some(refused) = self.turned_away(&access, Route::SignIn)? {
            return Err(IdentityError::refused(Code::AccessDenied, refused.to_string()));
        }
        let key = format!("{} {login} {from}", access.sandbox().id());
        let tried = if access.is_played() { Ok(()) } else { self.people.take_try(&key, from) };
        let done = tried.map_err(|error| match error {
            PeopleError::TooMany { wait_s } => IdentityError::TooMany { wait_s },
            other => IdentityError::refused(Code::ServerError, other.to_string()),
        });
        let done = done.and_then(|()| self.checked_user(&access, login, password, code));
        match done {
            Ok(user) => {
                self.people.throttles().login_from.forgive(&key);
                self.session_from(&access, user.subject, Some(from))
            }
            Err(error) => {
                access.note(event(
                    &access,
                    "auth.login",
                    error.word(),
                    json!({"login": login.get(..40).unwrap_or(login), "address": from}),
                ))?;
                Err(error)
            }
        }
    }

    fn checked_user(
        &self,
        access: &Access,
        login: &str,
        password: &str,
        code: &str,
    ) -> Result<User, IdentityError> {
        let wrong = || IdentityError::refused(Code::AccessDenied, "login, password or code is wrong");
        let found: Option<User> = access.sandbox().view(|view| find(view, Kind::User, login))?;
        let stored = found.as_ref().map(|user| user.password.as_str());
        if !self.people.passwords.matches(password, stored) {
            return Err(wrong());
        }
        let mut user = found.ok_or_else(wrong)?;
        if access.sandbox().view(|view| is_disabled(view, login))? {
            return Err(wrong());
        }
        let Some(secret) = user.totp_secret(access)? else { return Ok(user) };
        let now_s = access.wall_us() / 1_000_000;
        let step = totp::accept(&secret, code.trim(), now_s, user.totp_last).ok_or_else(wrong)?;
        user.totp_last = Some(step);
        access.change("auth.user", |change| keep(change, access, Kind::User, login, &user))?;
        Ok(user)
    }

    /// Begins a session for somebody whose identity is known. Returns its secret.
    pub fn begin_session(&self, access: &Access, subject: Subject) -> Result<String, IdentityError> {
        self.session_from(access, subject, None)
    }

    fn session_from(
        &self,
        access: &Access,
        subject: Subject,
        from: Option<&str>,
    ) -> Result<String, IdentityError> {
        let secret = new_secret(&*self.entropy);
        access.change("auth.login", |change| {
            let now_us = access.wall_us();
            for (key, old) in all::<Kept>(change.view(), Kind::Session)? {
                if old.expires_us <= now_us {
                    forget(change, Kind::Session, &key)?;
                }
            }
            let mut detail = json!({"login": subject.login});
            if let Some(from) = from {
                detail["address"] = json!(from);
            }
            let kept = Kept { subject, expires_us: now_us + SESSION_S * 1_000_000 };
            keep(change, access, Kind::Session, &hashed(&secret), &kept)?;
            change.note(&event(access, "auth.login", outcome::OK, detail))?;
            Ok(secret)
        })
    }

    /// Who holds this session.
    pub fn user_session(&self, access: &Access, secret: &str) -> Result<Option<Session>, StoreError> {
        let found: Option<Kept> = access.sandbox().view(|view| find(view, Kind::Session, &hashed(secret)))?;
        let found = found.filter(|kept| access.wall_us() < kept.expires_us);
        let barred = |kept: &Kept| access.sandbox().view(|view| is_disabled(view, &kept.subject.login));
        if found.as_ref().map(barred).transpose()? == Some(true) {
            return Ok(None);
        }
        Ok(found.map(|kept| Session {
            subject: kept.subject,
            csrf: CsrfToken::of(&hash_of(&format!("csrf {secret}"))),
        }))
    }
}
