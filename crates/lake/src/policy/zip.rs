/// The areas of the first three digits of a ZIP code in which 20,000 people or fewer live, by the census of 2000, as the
/// guidance of the Office for Civil Rights on de-identification lists them (26 November 2012).
const SPARSE: [&str; 17] = [
    "036", "059", "063", "102", "203", "556", "692", "790", "821", "823", "830", "831", "878", "879", "884",
    "890", "893",
];

/// What SQL makes of a ZIP code in `column`: its first three digits, 000 where few people live.
pub(super) fn zip3(column: &str) -> String {
    let sparse: Vec<String> = SPARSE.iter().map(|area| format!("'{area}'")).collect();
    format!(
        "CASE WHEN substr({column}, 1, 3) IN ({}) THEN '000' ELSE substr({column}, 1, 3) END",
        sparse.join(", ")
    )
}
