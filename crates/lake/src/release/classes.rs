use std::collections::{BTreeMap, BTreeSet};

/// People who cannot be told apart by what is told of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Classes {
    /// Rows.
    pub rows: usize,
    /// Classes of rows that are alike.
    pub classes: usize,
    /// Rows of the smallest class, k; 0 where there is no row.
    pub smallest: usize,
    /// Rows that are alone in their class.
    pub alone: usize,
    /// The fewest different values of what is sensitive in a class, l (Machanavajjhala et al., "l-diversity", 2007); 0 where
    /// there is no row.
    pub fewest_values: usize,
}

/// Counts the classes of `rows`, each with what is sensitive about it.
#[must_use]
pub fn classes(rows: &[(Vec<String>, String)]) -> Classes {
    let mut known: BTreeMap<&[String], (usize, BTreeSet<&str>)> = BTreeMap::new();
    for (told, sensitive) in rows {
        let (count, values) = known.entry(told).or_default();
        *count += 1;
        values.insert(sensitive);
    }
    Classes {
        rows: rows.len(),
        classes: known.len(),
        smallest: known.values().map(|(count, _)| *count).min().unwrap_or_default(),
        alone: known.values().filter(|(count, _)| *count == 1).count(),
        fewest_values: known.values().map(|(_, values)| values.len()).min().unwrap_or_default(),
    }
}
