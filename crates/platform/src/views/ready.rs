use std::sync::OnceLock;

use serde_json::Value;

use crate::content;

/// A view to begin with, from `content/views`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// The name of its file, and its id.
    pub slug: String,
    /// Its canonical address.
    pub url: String,
    /// What its rows are, in some words.
    pub title: String,
    /// The same in a sentence.
    pub description: String,
    /// The ViewDefinition as JSON.
    pub text: String,
}

/// The views that anybody may begin with, by the names of their files. Each runs as it stands.
pub fn ready_views() -> &'static [Ready] {
    static READY: OnceLock<Vec<Ready>> = OnceLock::new();
    READY.get_or_init(|| {
        let files = content::files(None).unwrap_or_default();
        files.iter().filter_map(|file| read(&file.path, &file.bytes)).collect()
    })
}

/// The view of an id, of a reference such as `ViewDefinition/patients`, or of a canonical address.
pub fn ready(named: &str) -> Option<&'static Ready> {
    let id = named.strip_prefix("ViewDefinition/").unwrap_or(named);
    ready_views().iter().find(|view| view.slug == id || view.url == named)
}

fn read(path: &str, bytes: &[u8]) -> Option<Ready> {
    let slug = path.strip_prefix("views/")?.strip_suffix(".json")?.to_owned();
    let text = std::str::from_utf8(bytes).ok()?.to_owned();
    let view: Value = serde_json::from_str(&text).ok()?;
    let member = |name: &str| view[name].as_str().map(str::to_owned);
    Some(Ready {
        slug,
        url: member("url")?,
        title: member("title")?,
        description: member("description")?,
        text,
    })
}

#[cfg(test)]
mod tests {
    use fhirpath::Engine;
    use serde_json::{Value, json};
    use views::View;

    use super::{ready, ready_views};
    use crate::content::files;

    #[test]
    fn every_view_in_the_content_is_read_without_a_remark() {
        let written = files(None).unwrap().into_iter().filter(|file| file.path.starts_with("views/"));
        let slugs: Vec<String> = written.map(|file| file.path).collect();
        let there: Vec<String> = ready_views().iter().map(|one| format!("views/{}.json", one.slug)).collect();
        assert_eq!(there, slugs);
        for one in ready_views() {
            assert!(one.description.ends_with('.'), "{}", one.slug);
            let json: Value = serde_json::from_str(&one.text).unwrap();
            assert_eq!(json["name"], one.slug.replace('-', "_"));
            assert_eq!(json["resourceType"], "ViewDefinition");
            assert_eq!(json["id"], json!(one.slug));
            let view = View::read(&Engine::new(), &json).unwrap();
            assert_eq!(view.remarks, [], "{}", one.slug);
            assert!(view.columns.iter().all(|column| column.type_name.is_some()), "{}", one.slug);
        }
    }

    #[test]
    fn a_view_goes_by_id_reference_and_address() {
        let found = ready("patients").unwrap();
        assert_eq!(ready("ViewDefinition/patients"), Some(found));
        assert_eq!(ready(&found.url), Some(found));
        assert_eq!(ready("ViewDefinition/nothing"), None);
    }
}
