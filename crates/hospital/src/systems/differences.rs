use super::belief::Belief;

/// One thing in which a system believes something else than the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about, as people read it.
    pub what: &'static str,
    /// What the chart says.
    pub chart: String,
    /// What the system says.
    pub system: String,
}

/// In what a system's record of a person differs from the chart; nothing where they agree.
pub fn differences(chart: &Belief, system: &Belief) -> Vec<Difference> {
    let told = |belief: &Belief| {
        let stay = belief.stay.clone();
        let place = stay.as_ref().map_or_else(
            || "not in the house".to_owned(),
            |stay| if stay.bed.is_empty() { stay.unit.clone() } else { stay.bed.clone() },
        );
        [
            ("Family name", belief.family.clone()),
            ("Given name", belief.given.clone()),
            ("Birth date", belief.birth_date.clone()),
            ("Sex", belief.sex.clone()),
            ("Address", belief.address.join(", ")),
            ("Telephone", belief.phone.clone()),
            ("Where", place),
            ("Visit", stay.map(|stay| stay.visit).unwrap_or_default()),
            ("Merged into", belief.merged_into.clone().unwrap_or_default()),
        ]
    };
    let pairs = told(chart).into_iter().zip(told(system));
    pairs
        .filter(|((_, chart), (_, system))| chart != system)
        .map(|((what, chart), (_, system))| Difference { what, chart, system })
        .collect()
}
