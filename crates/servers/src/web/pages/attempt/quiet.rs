//! Forms that do their work without loading the page again, where scripts run.

use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde_json::json;

use crate::web::pages::said::Said;
use crate::web::ui::csrf_field;

/// A form whose answer is seen in the live cells. Without scripts it is sent and the page comes again.
pub(in crate::web::pages) fn quiet_form(action: &str, csrf: &str, body: &Markup) -> Markup {
    html! {
        form.form method="post" action=(action) hx-post=(action) hx-swap="none" { (csrf_field(csrf)) (body) }
    }
}

/// Says what became of a quiet form: at once where a script asked, otherwise on the page at `path`.
pub(in crate::web::pages) fn quietly(headers: &HeaderMap, said: &Said, path: &str) -> Response {
    if !headers.contains_key("hx-request") {
        return said.at(path);
    }
    let mut announce = json!({"announce": {"text": said.words, "toast": true}});
    if said.well {
        // Where the form is to be emptied once it was taken; see `web/islands/half-typed.ts`.
        announce["taken"] = json!({});
    }
    let trigger = [(HeaderName::from_static("hx-trigger"), ascii(&announce.to_string()))];
    (StatusCode::NO_CONTENT, trigger).into_response()
}

/// JSON with everything beyond ASCII escaped, as header values need it.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            let mut units = [0; 2];
            out.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::ascii;

    #[test]
    fn a_header_carries_any_name() {
        assert_eq!(ascii(r#"{"a":"Zoë 🏥"}"#), r#"{"a":"Zo\u00eb \ud83c\udfe5"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&ascii(r#""é""#)).unwrap(), "é");
    }
}
