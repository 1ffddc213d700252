//! People who are played, at the hospital's doors: they sign in as a browser does, agree, and go on with a token.

use std::collections::{BTreeSet, HashMap};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use security::actors::{Act, Deed, Order, PORTAL};
use serde_json::{Value, json};

use super::orders;
use super::place::{APPS, parted};
use crate::access::{Access, Came};
use crate::identity::{challenge_of, code_of};
use crate::imaging::dimse::status;
use crate::imaging::search_for;
use crate::labs::{Answered, ArchiveCall, Hands, Knock, Posting};

/// Tokens that people hold, by login, app and address.
pub(super) type Tokens = HashMap<(String, String, String), String>;

/// What came of a request, as far as whoever made it is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Done {
    /// It was granted. A write says which version it replaced, and a treatment the value, in tenths, for which it was given.
    Granted { before: u64 },
    /// It was refused, with this status; 401 where nobody was let in.
    Refused(u16),
}

/// One hospital's doors, and the hands that knock.
pub(super) struct Walk<'a> {
    pub(super) hands: &'a dyn Hands,
    pub(super) access: &'a Access,
    pub(super) tokens: &'a mut Tokens,
    /// Logins whose passwords others know too. What such a person does not have is the owner's telephone.
    pub(super) stolen: &'a BTreeSet<String>,
    /// What can be reported on.
    pub(super) orders: &'a [Order],
}

impl Walk<'_> {
    /// Does what an act says, at its time and from its address. `password` is the one that belongs to the account.
    pub(super) fn act(&mut self, act: &Act, password: &str) -> Result<Done, String> {
        match &act.deed {
            Deed::SignIn { right } => self.sign_in(act, if *right { password } else { "not the password" }),
            Deed::Read { at } => {
                self.with_token(act, password, &|walk, token| walk.get(act, &format!("/fhir/{at}"), token))
            }
            Deed::Look { kind, patient } => self.with_token(act, password, &|walk, token| {
                walk.get(act, &format!("/fhir/{kind}?patient={patient}&_count=20"), token)
            }),
            Deed::Ask { form, patient } => self.with_token(act, password, &|walk, token| {
                walk.get(act, &format!("/fhir/{}", form.path(patient)), token)
            }),
            Deed::Report { order, tenths } => self.report(act, order, *tenths),
            Deed::Heed { order, .. } => {
                self.with_token(act, password, &|walk, token| walk.heed(act, order, token))
            }
            Deed::Worklist => self.call_archive(act, None),
            Deed::Studies { patient } => self.call_archive(act, Some(patient)),
            Deed::Amend { at } | Deed::Lock { at } => {
                self.with_token(act, password, &|walk, token| walk.write(act, at, token))
            }
        }
    }

    /// Calls the archive as a device does, which has no token: a title is all it shows.
    fn call_archive(&self, act: &Act, patient: Option<&str>) -> Result<Done, String> {
        let message = search_for(self.access, patient).map_err(|error| error.to_string())?;
        let message = message.ok_or("the patient is gone")?;
        let came = Came::from(&act.address).at(act.at_us);
        let (sandbox, calling) = (self.access.sandbox().id(), act.login.as_str());
        let call = ArchiveCall { sandbox, calling, message: &message, came: &came };
        Ok(match self.hands.call_archive(&call)? {
            Some(status::SUCCESS) => Done::Granted { before: 0 },
            Some(_) => Done::Refused(400),
            None => Done::Refused(403),
        })
    }

    fn order(&self, id: &str) -> Result<&Order, String> {
        self.orders.iter().find(|order| order.id == id).ok_or_else(|| format!("there is no order {id}"))
    }

    /// Sends a result to the chart. Whoever belongs to the house shows the certificate that it has.
    fn report(&self, act: &Act, order: &str, tenths: u32) -> Result<Done, String> {
        let message = orders::message(self.access, &act.login, self.order(order)?, tenths, act.at_us)?;
        let came = Came::from(&act.address).at(act.at_us).certified(!act.hostile);
        let accepted = self.hands.send_message(&Posting { message: &message, came: &came })?;
        Ok(match accepted.as_deref() {
            Some("AA" | "CA") => Done::Granted { before: 0 },
            Some(_) => Done::Refused(422),
            None => Done::Refused(403),
        })
    }

    /// Looks for a result, and gives what is given for it. What was given for is told as the version before.
    fn heed(&self, act: &Act, order: &str, token: &str) -> Result<Done, String> {
        let path = format!("/fhir/Observation?based-on=ServiceRequest/{order}&status=final");
        let found = self.knock(act, "GET", &path, &bearer(token), None)?;
        if found.status != 200 {
            return Ok(Done::Refused(found.status));
        }
        let bundle: Value = serde_json::from_slice(&found.body).unwrap_or_default();
        let results = bundle["entry"].as_array().into_iter().flatten().map(|entry| &entry["resource"]);
        for result in results.filter(|result| result["resourceType"] == "Observation") {
            let id = result["id"].as_str().unwrap_or_default();
            let Some(tenths) = orders::tenths_of(result) else { continue };
            let Some(given) = orders::treatment(self.order(order)?, id, tenths, act.at_us) else { continue };
            let body = given.to_string().into_bytes();
            let sent = Some(("application/fhir+json", body.as_slice()));
            let written = self.knock(act, "POST", "/fhir/MedicationAdministration", &bearer(token), sent)?;
            return Ok(match done(&written) {
                Done::Granted { .. } => Done::Granted { before: u64::from(tenths) },
                refused @ Done::Refused(_) => refused,
            });
        }
        Ok(Done::Granted { before: 0 })
    }

    /// With the token at hand, or a new one where there is none or it is good no more.
    fn with_token(
        &mut self,
        act: &Act,
        password: &str,
        work: &dyn Fn(&Self, &str) -> Result<Done, String>,
    ) -> Result<Done, String> {
        let key = (act.login.clone(), act.client.clone(), act.address.clone());
        if let Some(token) = self.tokens.get(&key).cloned() {
            match work(self, &token)? {
                Done::Refused(401) => drop(self.tokens.remove(&key)),
                done => return Ok(done),
            }
        }
        if let refused @ Done::Refused(_) = self.sign_in(act, password)? {
            return Ok(refused);
        }
        let Some(token) = self.tokens.get(&key).cloned() else { return Ok(Done::Refused(401)) };
        work(self, &token)
    }

    /// Signs in and comes back with a token: the authorization code flow with PKCE, step by step.
    fn sign_in(&mut self, act: &Act, password: &str) -> Result<Done, String> {
        let verifier = format!("{:0>43}", act.login.replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
        let back = APPS.iter().find(|(id, ..)| *id == act.client).map_or("", |(_, _, back)| back);
        let base = format!("{}/s/{}", self.hands.base_url(), self.access.sandbox().id());
        let scopes = if act.client == PORTAL { "patient/*.rs" } else { "user/*.cruds" };
        let asked = form(&[
            ("response_type", "code"),
            ("client_id", &act.client),
            ("redirect_uri", back),
            ("scope", scopes),
            ("state", "played"),
            ("aud", &format!("{base}/fhir")),
            ("code_challenge", &challenge_of(&verifier)),
            ("code_challenge_method", "S256"),
        ]);
        let is_thief = act.hostile && self.stolen.contains(&act.login);
        let code = if is_thief { None } else { self.code(&act.login)? };
        let sent = form(&[
            ("login", &act.login),
            ("password", password),
            ("code", code.as_deref().unwrap_or_default()),
            ("asked", &asked),
        ]);
        let entered = self.post(act, "/auth/sign-in", &sent, &[])?;
        if entered.status != 303 {
            return Ok(Done::Refused(entered.status));
        }
        let cookie =
            entered.header("set-cookie").and_then(|cookie| cookie.split(';').next()).unwrap_or_default();
        let cookie = [("cookie".to_owned(), cookie.to_owned())];
        let page = self.knock(act, "GET", &format!("/auth/authorize?{asked}"), &cookie, None)?;
        let text = String::from_utf8_lossy(&page.body);
        let Some(csrf) = between(&text, "name=\"csrf\" value=\"", "\"") else {
            return Ok(Done::Refused(page.status));
        };
        let patient = act.client == PORTAL;
        let own = between(&text, "name=\"patient\" value=\"", "\"").filter(|_| patient).unwrap_or_default();
        let sent = form(&[
            ("asked", &asked),
            ("csrf", csrf),
            ("decision", "allow"),
            ("scope", scopes),
            ("patient", own),
        ]);
        let agreed = self.post(act, "/auth/consent", &sent, &cookie)?;
        let code = agreed.header("location").and_then(|to| between(to, "code=", "&")).unwrap_or_default();
        let sent = form(&[
            ("grant_type", "authorization_code"),
            ("client_id", &act.client),
            ("code", code),
            ("redirect_uri", back),
            ("code_verifier", &verifier),
        ]);
        let given = self.post(act, "/auth/token", &sent, &[])?;
        let body: Value = serde_json::from_slice(&given.body).unwrap_or_default();
        match body["access_token"].as_str() {
            Some(token) => {
                let key = (act.login.clone(), act.client.clone(), act.address.clone());
                self.tokens.insert(key, token.to_owned());
                Ok(Done::Granted { before: 0 })
            }
            None => Ok(Done::Refused(given.status)),
        }
    }

    fn code(&self, login: &str) -> Result<Option<String>, String> {
        code_of(self.access, login).map_err(|error| error.to_string())
    }

    fn get(&self, act: &Act, path: &str, token: &str) -> Result<Done, String> {
        let answered = self.knock(act, "GET", path, &bearer(token), None)?;
        // Whoever steals gets nothing from an answer in which nothing is; honest people may look and find nothing.
        if act.hostile && answered.status == 200 && is_empty_bundle(&answered.body) {
            return Ok(Done::Refused(404));
        }
        Ok(done(&answered))
    }

    fn write(&self, act: &Act, at: &str, token: &str) -> Result<Done, String> {
        let path = format!("/fhir/{at}");
        let found = self.knock(act, "GET", &path, &bearer(token), None)?;
        if found.status != 200 {
            return Ok(Done::Refused(found.status));
        }
        let version = serde_json::from_slice::<Value>(&found.body).unwrap_or_default();
        let version = version["meta"]["versionId"].as_str().and_then(|text| text.parse().ok()).unwrap_or(0);
        let body = amended(&found.body, act)?;
        let written =
            self.knock(act, "PUT", &path, &bearer(token), Some(("application/fhir+json", &body)))?;
        Ok(match done(&written) {
            Done::Granted { .. } => Done::Granted { before: version },
            refused @ Done::Refused(_) => refused,
        })
    }

    fn post(
        &self,
        act: &Act,
        path: &str,
        sent: &str,
        headers: &[(String, String)],
    ) -> Result<Answered, String> {
        let body = Some(("application/x-www-form-urlencoded", sent.as_bytes()));
        self.knock(act, "POST", path, headers, body)
    }

    fn knock(
        &self,
        act: &Act,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: Option<(&str, &[u8])>,
    ) -> Result<Answered, String> {
        let came = Came::from(&act.address).at(act.at_us);
        let sandbox = self.access.sandbox().id();
        self.hands.knock(&Knock { sandbox, method, path, headers, body, came: &came })
    }
}

fn done(answered: &Answered) -> Done {
    match answered.status {
        200..=299 => Done::Granted { before: 0 },
        status => Done::Refused(status),
    }
}

/// Whether this is a bundle with no resource in it.
fn is_empty_bundle(body: &[u8]) -> bool {
    let bundle: Value = serde_json::from_slice(body).unwrap_or_default();
    let is_told =
        |entry: &Value| entry["resource"]["resourceType"].is_string() && entry["search"]["mode"] != "outcome";
    bundle["resourceType"] == "Bundle"
        && !bundle["entry"].as_array().is_some_and(|all| all.iter().any(is_told))
}

fn bearer(token: &str) -> [(String, String); 1] {
    [("authorization".to_owned(), format!("Bearer {token}"))]
}

/// Fields as a form, or a query.
fn form(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>().join("&")
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split(after).next().unwrap_or(rest))
}

/// A record as an act leaves it: with a note, or unreadable.
pub(crate) fn amended(body: &[u8], act: &Act) -> Result<Vec<u8>, String> {
    let mut record: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    match &act.deed {
        Deed::Lock { at } => {
            let (kind, _) = parted(at);
            let member = if kind == "MedicationRequest" { "medicationCodeableConcept" } else { "code" };
            let noise = noise(at, act.at_us);
            record[member] = json!({"text": format!("{noise}. Your records are locked.")});
        }
        _ => {
            let note = json!({"text": format!("Reviewed with the patient by {}.", act.login)});
            match record["note"].as_array_mut() {
                Some(notes) => notes.push(note),
                None => record["note"] = json!([note]),
            }
        }
    }
    Ok(record.to_string().into_bytes())
}

/// What a locked record says instead of what it said.
fn noise(at: &str, at_us: i64) -> String {
    let digest = <sha2::Sha256 as sha2::Digest>::digest(format!("{at} {at_us}"));
    data_encoding::BASE64.encode(&digest)
}
