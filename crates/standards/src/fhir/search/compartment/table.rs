use std::collections::BTreeMap;
use std::sync::LazyLock;

const TEXT: &str = include_str!("../../../../data/compartments.txt");

/// For each kind of compartment, for each type of resource in it, the parameters by which it belongs there.
type Table = BTreeMap<&'static str, BTreeMap<&'static str, Vec<&'static str>>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::new();
    for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let (Some(compartment), Some(resource_type)) = (words.next(), words.next()) else { continue };
        table.entry(compartment).or_default().insert(resource_type, words.collect());
    }
    table
});

/// The types that compartments are of, sorted.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    TABLE.keys().copied()
}

/// The types of resource that a compartment of this kind may hold, sorted; empty if there is no such compartment.
pub fn types(compartment: &str) -> Vec<&'static str> {
    TABLE.get(compartment).map(|held| held.keys().copied().collect()).unwrap_or_default()
}

/// The parameters by which resources of a type belong to a compartment; `None` for a type that is in none of this kind.
pub(super) fn parameters(compartment: &str, resource_type: &str) -> Option<&'static [&'static str]> {
    TABLE.get(compartment)?.get(resource_type).map(Vec::as_slice)
}
