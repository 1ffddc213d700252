use std::sync::OnceLock;

use channels::{Limits, Program};

use crate::content;

/// A channel file to begin with, from `content/channels`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Starter {
    /// The name of its file.
    pub slug: String,
    /// The name of the channel.
    pub name: String,
    /// What it does, in a sentence.
    pub description: String,
    /// The file.
    pub text: String,
}

/// The channels that anybody may begin with, by the names of their files. Each runs as it stands.
pub fn starters() -> &'static [Starter] {
    static STARTERS: OnceLock<Vec<Starter>> = OnceLock::new();
    STARTERS.get_or_init(|| {
        let files = content::files(None).unwrap_or_default();
        files.iter().filter_map(|file| starter(&file.path, &file.bytes)).collect()
    })
}

fn starter(path: &str, bytes: &[u8]) -> Option<Starter> {
    let slug = path.strip_prefix("channels/")?.strip_suffix(".toml")?.to_owned();
    let text = std::str::from_utf8(bytes).ok()?.to_owned();
    let program = Program::compile(&text, &Limits::default()).ok()?;
    let channel = program.channel();
    let (name, description) = (channel.name.clone(), channel.description.clone());
    Some(Starter { slug, name, description, text })
}

#[cfg(test)]
mod tests {
    use super::starters;
    use crate::content::files;

    #[test]
    fn every_channel_in_the_content_runs_and_says_what_it_does() {
        let written = files(None).unwrap().into_iter().filter(|file| file.path.starts_with("channels/"));
        let slugs: Vec<String> = written.map(|file| file.path).collect();
        let ready: Vec<String> = starters().iter().map(|one| format!("channels/{}.toml", one.slug)).collect();
        assert_eq!(ready, slugs);
        assert!(starters().iter().all(|one| one.description.ends_with('.')));
    }
}
