//! The embedded resources. The file's form is described beside it, in `data/README.md`.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

use flate2::read::GzDecoder;
use serde::Deserialize;
use serde_json::Value;

use super::code_system::CodeSystem;
use super::concept_map::ConceptMap;
use super::source::Kind;
use super::value_set::ValueSet;

const FILE: &[u8] = include_bytes!("../../../data/terminology.json.gz");

static SHIPPED: LazyLock<Shipped> = LazyLock::new(Shipped::unpack);

/// The shipped resources; each is read when it is first asked for.
pub(super) struct Shipped {
    text: String,
    places: BTreeMap<(Kind, String), Range<usize>>,
    code_systems: Shelf<CodeSystem>,
    value_sets: Shelf<ValueSet>,
    concept_maps: Shelf<ConceptMap>,
}

/// Resources of one kind by canonical URL, each read at most once.
type Shelf<T> = BTreeMap<String, OnceLock<Arc<T>>>;

#[derive(Deserialize)]
struct Contents {
    resources: Vec<(String, String)>,
}

impl Shipped {
    /// The one instance, unpacked on first use.
    pub(super) fn get() -> &'static Shipped {
        &SHIPPED
    }

    fn unpack() -> Shipped {
        let mut text = String::new();
        GzDecoder::new(FILE).read_to_string(&mut text).expect("the embedded terminology is gzip of UTF-8");
        let (first, rest) = text.split_once('\n').expect("the embedded terminology has a line of contents");
        let contents: Contents = serde_json::from_str(first).expect("the first line is the contents");
        let mut places = BTreeMap::new();
        let mut from = first.len() + 1;
        for ((name, url), line) in contents.resources.into_iter().zip(rest.split('\n')) {
            let kind = Kind::from_name(&name).expect("only the kinds of terminology ship");
            places.insert((kind, url), from..from + line.len());
            from += line.len() + 1;
        }
        Shipped {
            code_systems: shelf(&places, Kind::CodeSystem),
            value_sets: shelf(&places, Kind::ValueSet),
            concept_maps: shelf(&places, Kind::ConceptMap),
            places,
            text,
        }
    }

    /// The canonical URLs of all resources of a kind, sorted.
    pub(super) fn urls(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.places.keys().filter(move |(known, _)| *known == kind).map(|(_, url)| url.as_str())
    }

    /// A resource as JSON, reduced as it ships.
    pub(super) fn resource(&self, kind: Kind, url: &str) -> Option<Value> {
        let place = self.places.get(&(kind, url.to_owned()))?.clone();
        Some(serde_json::from_str(&self.text[place]).expect("every line holds a resource"))
    }

    pub(super) fn code_system(&self, url: &str) -> Option<Arc<CodeSystem>> {
        self.take(&self.code_systems, Kind::CodeSystem, url, CodeSystem::new)
    }

    pub(super) fn value_set(&self, url: &str) -> Option<Arc<ValueSet>> {
        self.take(&self.value_sets, Kind::ValueSet, url, ValueSet::new)
    }

    pub(super) fn concept_map(&self, url: &str) -> Option<Arc<ConceptMap>> {
        self.take(&self.concept_maps, Kind::ConceptMap, url, ConceptMap::new)
    }

    fn take<T>(&self, shelf: &Shelf<T>, kind: Kind, url: &str, read: fn(&Value) -> T) -> Option<Arc<T>> {
        let resource = || self.resource(kind, url).expect("what is on the shelf is in the text");
        Some(Arc::clone(shelf.get(url)?.get_or_init(|| Arc::new(read(&resource())))))
    }
}

fn shelf<T>(places: &BTreeMap<(Kind, String), Range<usize>>, kind: Kind) -> Shelf<T> {
    let urls = places.keys().filter(|(known, _)| *known == kind).map(|(_, url)| url.clone());
    urls.map(|url| (url, OnceLock::new())).collect()
}
