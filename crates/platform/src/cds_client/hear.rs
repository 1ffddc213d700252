use kits::wire::Trouble;
use serde_json::Value;
use standards::cds_hooks::{GivenCard, given};
use standards::fhir::json::{Limits, parse};

use crate::dial::Came;

/// Why there is nothing to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unheard {
    /// One word for the journal.
    pub(super) word: &'static str,
    /// In sentences.
    pub(super) why: Vec<String>,
    /// Whether it speaks against the service's health. A service that refuses a call with 4xx is well.
    pub(super) is_failure: bool,
}

impl Unheard {
    fn failed(word: &'static str, why: impl Into<String>) -> Self {
        Self { word, why: vec![why.into()], is_failure: true }
    }
}

/// The JSON of an answer.
pub(super) fn answer_of(came: &Came) -> Result<Value, Unheard> {
    if let Some(trouble) = &came.trouble {
        let word = match trouble {
            Trouble::Unreachable(_) => "unreachable",
            Trouble::Late(_) => "late",
            Trouble::Endless(_) => "endless",
            Trouble::Garbage(_) | Trouble::Circle(_) => "garbage",
        };
        return Err(Unheard::failed(word, trouble.to_string()));
    }
    let (status, response) = (came.response.status, &came.response);
    match status {
        200..300 => {}
        300..400 => {
            let to = response.header("location").unwrap_or("nowhere");
            let why = format!("it redirects ({status}) to {to:.200}; a call follows nobody elsewhere");
            return Err(Unheard::failed("redirected", why));
        }
        412 => {
            let why = "it lacks what it wished to know beforehand, and could not fetch it (412)";
            return Err(Unheard { is_failure: false, ..Unheard::failed("refused", why) });
        }
        400..500 => {
            let why = format!("it refuses the call with {status}");
            return Err(Unheard { is_failure: false, ..Unheard::failed("refused", why) });
        }
        _ => return Err(Unheard::failed("failed", format!("it answers with {status}"))),
    }
    let kind = response.header("content-type").unwrap_or("no content type");
    let media = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if media != "application/json" && !media.ends_with("+json") {
        let why = format!("it answers with {kind:.80}, not application/json");
        return Err(Unheard::failed("invalid", why));
    }
    parse(&response.body, &Limits::default()).map_err(|issue| {
        Unheard::failed("invalid", format!("its answer is no JSON object: {}", issue.diagnostics))
    })
}

/// The cards of an answer, if all of it can be shown.
pub(super) fn cards_of(came: &Came) -> Result<Vec<GivenCard>, Unheard> {
    let answer = answer_of(came)?;
    given(&answer).map_err(|why| Unheard { word: "invalid", why, is_failure: true })
}

#[cfg(test)]
mod tests {
    use kits::wire::Trouble;
    use kits::wire::http::Response;

    use super::{Came, cards_of};

    fn came(status: u16, kind: &str, body: &str) -> Came {
        let headers = vec![
            ("content-type".to_owned(), kind.to_owned()),
            ("location".to_owned(), "http://elsewhere".to_owned()),
        ];
        let response = Response { status, headers, body: body.as_bytes().to_vec(), ..Response::default() };
        Came { response, ..Came::default() }
    }

    #[test]
    fn every_answer_is_cards_or_a_reason() {
        let json = "application/json";
        let silent = r#"{"cards": []}"#;
        let cases = [
            (came(200, json, silent), "ok", false),
            (came(200, "application/json; charset=utf-8", silent), "ok", false),
            (came(200, "text/html", silent), "invalid", true),
            (came(200, json, "{}"), "invalid", true),
            (came(200, json, "<html>"), "invalid", true),
            (came(200, json, &"[".repeat(5000)), "invalid", true),
            (came(200, json, r#"{"cards": [{"summary": "half a card"}]}"#), "invalid", true),
            (came(302, json, ""), "redirected", true),
            (came(412, json, ""), "refused", false),
            (came(401, json, ""), "refused", false),
            (came(500, json, silent), "failed", true),
            (Came { trouble: Some(Trouble::Late("late".to_owned())), ..Came::default() }, "late", true),
        ];
        for (came, word, is_failure) in cases {
            let heard = cards_of(&came);
            let found =
                heard.as_ref().map_or_else(|unheard| (unheard.word, unheard.is_failure), |_| ("ok", false));
            assert_eq!(found, (word, is_failure), "{came:?}: {heard:?}");
        }
    }
}
