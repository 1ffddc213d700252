use store::records::Person;
use workshops::projects::{Act, What};

use super::desk::Desk;
use super::error::ProjectError;
use crate::platform::Platform;
use crate::programme::NamedFile;

/// The largest file that is taken.
const FILE_BYTES_MAX: usize = 2 << 20;
/// The longest name.
const NAME_MAX: usize = 120;
/// What files may be.
const ENDINGS: [&str; 10] =
    [".md", ".txt", ".csv", ".json", ".toml", ".pdf", ".png", ".docx", ".xlsx", ".pptx"];

/// The name under which a file is kept.
///
/// # Errors
/// [`ProjectError::Invalid`] for one that is too large, empty, or of another kind.
pub(super) fn check_file(file: &NamedFile) -> Result<String, ProjectError> {
    let refuse = |why: String| Err(ProjectError::invalid("file", why));
    let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let is_good = |c: char| c.is_alphanumeric() || " ._-()".contains(c);
    if name.chars().count() > NAME_MAX || !name.chars().all(is_good) {
        return refuse("its name may have letters, digits, spaces and ._-() in it, 120 at most".to_owned());
    }
    let lower = name.to_lowercase();
    if !ENDINGS.iter().any(|ending| lower.strip_suffix(ending).is_some_and(|stem| !stem.is_empty())) {
        return refuse(format!("send one that ends in {}", ENDINGS.join(", ")));
    }
    match file.bytes.len() {
        0 => refuse("it is empty".to_owned()),
        size if size > FILE_BYTES_MAX => refuse("it is larger than 2 MB; hand in less, or a link".to_owned()),
        _ => Ok(name.to_owned()),
    }
}

impl Platform {
    /// A file that was handed in: its name and its bytes.
    ///
    /// # Errors
    /// When somebody takes no part, or there is no such version or no file with it.
    pub fn project_file(
        &self,
        person: &Person,
        id: &str,
        milestone: &str,
        version: u32,
    ) -> Result<NamedFile, ProjectError> {
        let desk = Desk::of(self, self.project_here(person, id)?.record)?;
        let none = || ProjectError::NotYours(id.chars().take(64).collect());
        let handed_in = desk.events.iter().filter_map(|event| match &event.what {
            What::Did { act: Act::HandIn { milestone: of, file, .. } } if of == milestone => {
                Some((event.seq, file))
            }
            _ => None,
        });
        let place = usize::try_from(version).unwrap_or(usize::MAX).wrapping_sub(1);
        let (seq, file) = handed_in.into_iter().nth(place).ok_or_else(none)?;
        let bytes = self.records.project_file(id, seq)?.ok_or_else(none)?;
        Ok(NamedFile { name: file.as_ref().ok_or_else(none)?.name.clone(), bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_by_its_name_and_size() {
        let file = |name: &str, size: usize| NamedFile { name: name.to_owned(), bytes: vec![b'x'; size] };
        assert_eq!(check_file(&file("C:\\work\\plan (2).pdf", 5)).unwrap(), "plan (2).pdf");
        for bad in [".pdf", "plan", "plan.html", "plan.svg", "a\n.md", "a\".md", "a<b>.md", ""] {
            assert!(check_file(&file(bad, 5)).is_err(), "{bad}");
        }
        assert!(check_file(&file("plan.md", 0)).is_err());
        assert!(check_file(&file("plan.md", FILE_BYTES_MAX + 1)).is_err());
    }
}
