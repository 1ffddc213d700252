//! Which hospital a called AE title names.

/// What stands before a sandbox's id in its AE title.
const PREFIX: &str = "PACS_";

/// The AE title of a sandbox: `PACS_` and its id in capitals, 13 of 16 characters.
pub fn title_of(sandbox: &str) -> String {
    format!("{PREFIX}{}", sandbox.to_ascii_uppercase())
}

/// The sandbox that a title names, whether or not it exists: the title of [`title_of`], or the id alone. Case does not
/// count, since people type it.
pub(super) fn sandbox_of(title: &str) -> Option<String> {
    let title = title.trim().to_ascii_uppercase();
    let id = title.strip_prefix(PREFIX).unwrap_or(&title);
    let is_id =
        id.len() == 8 && id.bytes().all(|byte| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(&byte));
    is_id.then(|| id.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_leads_back_to_its_sandbox() {
        assert_eq!(sandbox_of(&title_of("abcdef27")).as_deref(), Some("abcdef27"));
        assert_eq!(sandbox_of(" abcdef27 ").as_deref(), Some("abcdef27"));
        for other in ["", "ORTHANC", "PACS_", "PACS_ABC", "ABCDEF2!", "ABCDEF21", "../../AB"] {
            assert_eq!(sandbox_of(other), None, "{other}");
        }
    }
}
