use data_encoding::BASE64;
use hospital::ehr::reference_id;
use serde::Serialize;
use serde_json::Value;

use super::element::{concept_of, id, items, text, version};
use super::moment::{Moment, sort_newest_first};
use super::open::Chart;
use crate::fhir::FhirError;

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The id of the `DocumentReference`.
    pub id: String,
    /// The version of it.
    pub version: u64,
    /// What kind of note it is.
    pub kind: String,
    /// When it was written.
    pub at: Option<Moment>,
    /// Who wrote it.
    pub author: Option<String>,
    /// `current`, `superseded`, `entered-in-error`, as written.
    pub status: String,
    /// The id of the Encounter it belongs to.
    pub encounter: Option<String>,
    /// The id of the note it adds to.
    pub addends: Option<String>,
    /// Its text.
    pub text: Option<String>,
    /// Why there is no text to show.
    pub not_shown: Option<String>,
}

impl Chart<'_> {
    /// Notes with their text, newest first.
    ///
    /// # Errors
    /// When the store fails.
    pub fn notes(&self) -> Result<Vec<Note>, FhirError> {
        let mut notes = Vec::new();
        for document in self.all("DocumentReference")? {
            let author = self.display(items(&document, "author").first())?;
            notes.push(note(&document, author));
        }
        sort_newest_first(&mut notes, |note| note.at.as_ref());
        Ok(notes)
    }
}

fn note(document: &Value, author: Option<String>) -> Note {
    let (text_shown, not_shown) = match read(document) {
        Ok(text) => (Some(text), None),
        Err(why) => (None, Some(why)),
    };
    let encounter = document.pointer("/context/encounter/0");
    Note {
        id: id(document),
        version: version(document),
        kind: concept_of(document, &["type", "category"]).unwrap_or_else(|| "Note".to_owned()),
        at: Moment::first(document, &["/date", "/content/0/attachment/creation", "/context/period/start"]),
        author,
        status: text(document, "status").unwrap_or_default().to_owned(),
        encounter: encounter.and_then(|encounter| reference_id(encounter, "Encounter")).map(str::to_owned),
        addends: addended(document).map(str::to_owned),
        text: text_shown,
        not_shown,
    }
}

/// The id of the note that a note adds to.
fn addended(document: &Value) -> Option<&str> {
    let appends = |one: &&Value| text(one, "code") == Some("appends");
    let relation = items(document, "relatesTo").iter().find(appends)?;
    reference_id(relation.get("target")?, "DocumentReference")
}

/// The text of the first attachment that is text, or why none can be shown.
fn read(document: &Value) -> Result<String, String> {
    let attachments: Vec<&Value> =
        items(document, "content").iter().filter_map(|content| content.get("attachment")).collect();
    let is_text = |attachment: &&&Value| {
        text(attachment, "contentType").is_none_or(|kind| kind.starts_with("text/plain"))
    };
    let Some(attachment) = attachments.iter().find(is_text) else {
        let kind = attachments.first().and_then(|attachment| text(attachment, "contentType"));
        return Err(
            kind.map_or_else(|| "it has no content".to_owned(), |kind| format!("its content is {kind}"))
        );
    };
    let Some(data) = text(attachment, "data") else {
        let url = text(attachment, "url");
        return Err(
            url.map_or_else(|| "it has no content".to_owned(), |url| format!("its content is at {url}"))
        );
    };
    let data: String = data.split_whitespace().collect();
    let bytes = BASE64.decode(data.as_bytes()).map_err(|_| "its content is not base 64".to_owned())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn text_is_shown_or_its_absence_explained() {
        let with = |attachment: Value| json!({"content": [{"attachment": attachment}]});
        let cases = [
            (
                with(json!({"contentType": "text/plain; charset=utf-8", "data": "U2xlcHQgd2VsbC4="})),
                Ok("Slept well."),
            ),
            (with(json!({"data": "U2xl\n cHQ="})), Ok("Slept")),
            (with(json!({"contentType": "text/plain", "data": "!"})), Err("its content is not base 64")),
            (
                with(json!({"contentType": "application/pdf", "data": "U2xl"})),
                Err("its content is application/pdf"),
            ),
            (with(json!({"url": "https://example.org/a"})), Err("its content is at https://example.org/a")),
            (json!({"content": 1}), Err("it has no content")),
        ];
        for (document, expected) in cases {
            let expected = expected.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(read(&document), expected, "{document}");
        }
    }
}
