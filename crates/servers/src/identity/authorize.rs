use axum::body::Bytes;
use axum::extract::RawQuery;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use platform::fhir::pairs_of;
use platform::identity::{Agreed, Client, Code, Refusal, Refused, Request, Scopes, Session, redirect};
use serde::Deserialize;

use super::gate::Gate;
use super::pages::{self, Patients};
use super::sign_in::{begun, session_of, subject};
use crate::signed_in::find;

/// The parameter by which our own page says which patient was chosen. An app may send it too: it is shown before
/// anybody agrees.
pub(super) const CHOSEN: &str = "practicum_patient";
/// The parameter by which our own page looks for patients.
pub(super) const LOOKING: &str = "practicum_find";

/// `GET …/auth/authorize`.
pub(super) async fn open(gate: Gate, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    answer(&gate, &query.unwrap_or_default(), &headers).await
}

/// `POST …/auth/authorize`, the same in a body.
pub(super) async fn open_posted(gate: Gate, headers: HeaderMap, body: Bytes) -> Response {
    match std::str::from_utf8(&body) {
        Ok(query) => answer(&gate, query, &headers).await,
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

async fn answer(gate: &Gate, asked: &str, headers: &HeaderMap) -> Response {
    let parameters = pairs_of(asked);
    let value = |name: &str| {
        let found = parameters.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
    };
    let (request, client) = match read(gate, asked).await {
        Ok(read) => read,
        Err(refused) => return say(gate, headers, refused),
    };
    let session = match somebody(gate, headers, asked, &request).await {
        Ok(session) => session,
        Err(response) => return response,
    };
    let (asking, who, chosen, looking) =
        (request.clone(), session.subject.clone(), value(CHOSEN), value(LOOKING));
    let shown = gate.run(move |platform, access| {
        let access = &access.acting_as(&who.login, "browser");
        let scopes = platform.grantable(&asking, &who);
        let patient = match platform.patient_in_context(access, &asking, &who)? {
            Some(patient) => Some(patient),
            None if platform.needs_patient(&scopes) => chosen,
            None => None,
        };
        let patients = match &patient {
            Some(id) => Some(Patients::Chosen(pages::named(platform, access, id)?)),
            None if platform.needs_patient(&scopes) => {
                Some(Patients::ToChoose(pages::look_for(platform, access, looking.as_deref())?, looking))
            }
            None => None,
        };
        Ok((scopes, patients))
    });
    match shown.await {
        Ok((_, Some(Patients::ToChoose(found, looking)))) => {
            pages::choose(&client, headers, &parameters, asked, &found, looking.as_deref())
        }
        Ok((scopes, patients)) if !scopes.is_empty() => {
            pages::consent(gate, &client, headers, asked, &request, &scopes, &session, patients)
        }
        Ok(_) => {
            let what = "scope: nothing that is asked for can be granted by the person who signed in";
            say(gate, headers, back(&request, Refusal::new(Code::InvalidScope, what)))
        }
        Err(refusal) => say(gate, headers, back(&request, refusal)),
    }
}

/// Who is to be asked: whoever has a session here; for a launch whoever made it, who is signed in where the chart is and need
/// not sign in again. Otherwise the page or address that comes first.
async fn somebody(
    gate: &Gate,
    headers: &HeaderMap,
    asked: &str,
    request: &Request,
) -> Result<Session, Response> {
    let session = session(gate, headers).await.map_err(|refusal| pages::refused(headers, &refusal))?;
    let workstation = find(&gate.app, headers).await.ok().flatten().filter(|own| own.csrf.is_some());
    let Some(handle) = request.launch.clone() else {
        let page = || pages::sign_in(gate, headers, asked, "", workstation.as_ref(), None);
        return session.ok_or_else(page);
    };
    let by = gate.run(move |platform, access| platform.launched_by(access, &handle)).await.ok().flatten();
    if let Some(session) = session.filter(|session| Some(&session.subject.login) == by.as_ref()) {
        return Ok(session);
    }
    let Some(own) = workstation.filter(|own| Some(&own.person.login) == by.as_ref()) else {
        let what =
            "launch: this is no launch of yours in the last minutes; open the app from the chart again";
        return Err(say(gate, headers, back(request, Refusal::new(Code::InvalidRequest, what))));
    };
    let who = subject(&own.person);
    let begin = gate.run(move |platform, access| {
        let access = access.acting_as(&who.login, "page");
        platform.begin_session(&access, who)
    });
    Err(match begin.await {
        Ok(secret) => begun(gate, &secret, asked),
        Err(refusal) => pages::refused(headers, &refusal),
    })
}

#[derive(Deserialize)]
struct Consent {
    asked: String,
    csrf: String,
    decision: String,
    #[serde(default)]
    patient: Option<String>,
    #[serde(default)]
    scope: Vec<String>,
}

/// `POST …/auth/consent`.
pub(super) async fn consent(gate: Gate, headers: HeaderMap, body: Bytes) -> Response {
    let Ok(sent) = serde_html_form::from_bytes::<Consent>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let (request, _) = match read(&gate, &sent.asked).await {
        Ok(read) => read,
        Err(refused) => return say(&gate, &headers, refused),
    };
    let session = session(&gate, &headers).await.ok().flatten();
    let own = session.filter(|session| gate.sent_from_here(&headers) && session.csrf.matches(&sent.csrf));
    let Some(session) = own else {
        let what =
            "the page is out of date, or the form came from another site; go back to the app and begin again";
        return pages::refused(&headers, &Refusal::new(Code::InvalidRequest, what));
    };
    let (asking, who) = (request.clone(), session.subject);
    let done = gate.run(move |platform, access| {
        let access = &access.acting_as(&who.login, "browser");
        if sent.decision != "allow" {
            platform.disagree(access, &asking, &who)?;
            return Err(Refusal::new(Code::AccessDenied, "the person said no").into());
        }
        let scopes = Scopes::read(&sent.scope.join(" ")).0;
        platform.agree(access, &asking, &who, Agreed { scopes, patient: sent.patient })
    });
    match done.await {
        Ok(code) => {
            let issuer = gate.issuer();
            let answer = [("code", code.as_str()), ("state", &request.state), ("iss", &issuer)];
            sent_to(&redirect::with_parameters(&request.redirect_uri, &answer))
        }
        Err(refusal) => say(&gate, &headers, back(&request, refusal)),
    }
}

async fn read(gate: &Gate, asked: &str) -> Result<(Request, Client), Refused> {
    let (parameters, audience) = (pairs_of(asked), gate.fhir());
    let done = gate.run(move |platform, access| Ok(platform.authorization(access, &parameters, &audience)));
    done.await.map_err(Refused::Here)?
}

async fn session(gate: &Gate, headers: &HeaderMap) -> Result<Option<Session>, Refusal> {
    let Some(secret) = session_of(headers) else { return Ok(None) };
    gate.run(move |platform, access| Ok(platform.user_session(access, &secret)?)).await
}

fn back(request: &Request, refusal: Refusal) -> Refused {
    let (redirect_uri, state) = (request.redirect_uri.clone(), Some(request.state.clone()));
    Refused::Back { redirect_uri, state, refusal }
}

/// Says a refusal where it may be said.
fn say(gate: &Gate, headers: &HeaderMap, refused: Refused) -> Response {
    match refused {
        Refused::Here(refusal) => pages::refused(headers, &refusal),
        Refused::Back { redirect_uri, state, refusal } => {
            let issuer = gate.issuer();
            let mut answer = vec![
                ("error", refusal.code.word()),
                ("error_description", refusal.what.as_str()),
                ("iss", issuer.as_str()),
            ];
            answer.extend(state.as_deref().map(|state| ("state", state)));
            sent_to(&redirect::with_parameters(&redirect_uri, &answer))
        }
    }
}

fn sent_to(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(address) => {
            let headers =
                [(header::LOCATION, address), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
            (StatusCode::SEE_OTHER, headers).into_response()
        }
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}
