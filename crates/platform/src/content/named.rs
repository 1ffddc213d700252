use training::content::SourceFile;
use training::problem::{Place, Problem};

/// A folder of files, each named after the id of the one thing it holds.
pub(crate) struct Named<T> {
    /// The folder: `jobs/`.
    pub(crate) folder: &'static str,
    /// What one of them is called: `job`.
    pub(crate) word: &'static str,
    /// Reads a file; or what is wrong with it.
    pub(crate) parse: fn(&str) -> Result<T, String>,
    /// The id of what it holds.
    pub(crate) id: fn(&T) -> &str,
}

impl<T> Named<T> {
    /// What is in the folder, and what cannot be read or has the name of another.
    pub(crate) fn read(&self, files: &[SourceFile]) -> (Vec<T>, Vec<Problem>) {
        let (mut found, mut problems) = (Vec::new(), Vec::new());
        for file in files {
            let Some(name) = file.path.strip_prefix(self.folder) else { continue };
            let place = Place::start(&file.path);
            match (self.parse)(&String::from_utf8_lossy(&file.bytes)) {
                Ok(one) if name.strip_suffix(".toml") == Some((self.id)(&one)) => found.push(one),
                Ok(one) => {
                    let what = format!("the id `{}` is not the name of the file", (self.id)(&one));
                    problems.push(place.problem(what, "let them be the same"));
                }
                Err(error) => {
                    problems.push(place.problem(error, format!("compare it with another {}", self.word)));
                }
            }
        }
        (found, problems)
    }

    /// The file that something of this id lies in.
    pub(crate) fn path(&self, id: &str) -> String {
        format!("{}{id}.toml", self.folder)
    }
}
