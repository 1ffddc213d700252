//! The template's files under a new name.

use crate::content::SourceFile;

const FILES: [(&str, &str); 7] = [
    ("lab.md", include_str!("lab/lab.md")),
    ("variants/born.toml", include_str!("lab/variants/born.toml")),
    ("variants/ward.toml", include_str!("lab/variants/ward.toml")),
    ("solution/by-hand.toml", include_str!("lab/solution/by-hand.toml")),
    ("wrong/other-bed.toml", include_str!("lab/wrong/other-bed.toml")),
    ("wrong/guess.toml", include_str!("lab/wrong/guess.toml")),
    ("wrong/misread.toml", include_str!("lab/wrong/misread.toml")),
];

/// A name that cannot be a lab's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{slug}` cannot name a lab; write lower-case words joined by hyphens, such as `late-result`")]
pub struct InvalidSlug {
    /// The name as given.
    pub slug: String,
}

/// The files of a new lab, with paths below the content folder.
///
/// # Errors
/// When the slug is not lower-case words joined by hyphens.
pub fn files(slug: &str) -> Result<Vec<SourceFile>, InvalidSlug> {
    if !crate::content::is_slug(slug) {
        return Err(InvalidSlug { slug: slug.to_owned() });
    }
    let place = |(path, text): &(&str, &str)| {
        SourceFile::new(format!("labs/{slug}/{path}"), text.replace("LAB-SLUG", slug))
    };
    Ok(FILES.iter().map(place).collect())
}
