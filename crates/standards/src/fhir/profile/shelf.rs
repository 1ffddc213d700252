//! Where profiles are kept. The embedded file's form is described beside it, in `data/README.md`.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use flate2::read::GzDecoder;
use serde::Deserialize;
use serde_json::{Value, json};

use super::model::Profile;
use crate::fhir::terminology::Canonical;

const FILE: &[u8] = include_bytes!("../../../data/profiles.json.gz");

static SHIPPED: LazyLock<Profiles> = LazyLock::new(|| {
    let mut text = String::new();
    GzDecoder::new(FILE).read_to_string(&mut text).expect("the embedded profiles are gzip of UTF-8");
    Profiles::read(text)
});

/// Profiles by canonical URL; each is compiled when it is first asked for.
#[derive(Debug)]
pub struct Profiles {
    text: String,
    kept: BTreeMap<String, Kept>,
    /// The URL of the definition of each type itself, by the type's name.
    types: BTreeMap<String, String>,
}

#[derive(Debug)]
struct Kept {
    type_name: String,
    line: Range<usize>,
    compiled: OnceLock<Profile>,
}

#[derive(Deserialize)]
struct Contents {
    definitions: Vec<(String, String)>,
}

const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";

impl Profiles {
    /// The shipped ones: the types, extensions and vital signs of FHIR R4, and US Core.
    pub fn shipped() -> &'static Profiles {
        &SHIPPED
    }

    /// These StructureDefinitions, which need a snapshot.
    pub fn of(structures: &[Value]) -> Profiles {
        let names: Vec<[&Value; 2]> = structures.iter().map(|one| [&one["url"], &one["type"]]).collect();
        let lines = structures.iter().map(|one| format!("\n{one}"));
        Profiles::read(json!({"definitions": names}).to_string() + &lines.collect::<String>())
    }

    fn read(text: String) -> Profiles {
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        let contents: Contents = serde_json::from_str(first).expect("the first line is the contents");
        let (mut kept, mut types) = (BTreeMap::new(), BTreeMap::new());
        let mut from = first.len() + 1;
        for ((url, type_name), line) in contents.definitions.into_iter().zip(rest.split('\n')) {
            if url.strip_prefix(CORE) == Some(&type_name) {
                types.insert(type_name.clone(), url.clone());
            }
            let line = from..from + line.len();
            from = line.end + 1;
            kept.insert(url, Kept { type_name, line, compiled: OnceLock::new() });
        }
        Profiles { text, kept, types }
    }

    /// The profile of this canonical URL, whatever version the URL names.
    pub fn find(&self, url: &str) -> Option<&Profile> {
        let kept = self.kept.get(Canonical::new(url).url)?;
        Some(kept.compiled.get_or_init(|| {
            let structure = serde_json::from_str(&self.text[kept.line.clone()]);
            Profile::new(&structure.expect("every line holds a StructureDefinition"))
        }))
    }

    /// What is asked of every value of a type.
    pub(super) fn of_type(&self, name: &str) -> Option<&Profile> {
        self.find(self.types.get(name)?)
    }

    /// The canonical URLs of the profiles on a type, sorted; the type itself is none.
    pub fn on_type(&self, name: &str) -> impl Iterator<Item = &str> {
        let is_own = move |url: &str| url.strip_prefix(CORE) == Some(name);
        let on = self.kept.iter().filter(move |(url, kept)| kept.type_name == name && !is_own(url));
        on.map(|(url, _)| url.as_str())
    }

    /// The type that a profile is about, without compiling it.
    pub(super) fn type_of(&self, url: &str) -> Option<&str> {
        Some(self.kept.get(Canonical::new(url).url)?.type_name.as_str())
    }
}
