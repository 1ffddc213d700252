use super::*;

/// Files given as text; couples where the text is not empty.
pub(super) fn files<'a>(
    programs: &'a str,
    applicants: &'a str,
    ranks: &'a str,
    couples: &'a str,
) -> Files<'a> {
    let source = |name, text| Source { name, text };
    Files {
        programs: source("programs.csv", programs),
        applicant_ranks: source("applicants.csv", applicants),
        program_ranks: source("ranks.csv", ranks),
        couples: (!couples.is_empty()).then(|| source("couples.csv", couples)),
    }
}

/// The places by name, as `ana=ward ben=-`.
pub(super) fn places(market: &Market, outcome: &Outcome) -> String {
    let place =
        |place: &Option<u32>| place.map_or("-", |program| market.programs[program as usize].name.as_str());
    let told = market.applicants.iter().zip(&outcome.places);
    told.map(|(who, at)| format!("{}={}", who.name, place(at))).collect::<Vec<_>>().join(" ")
}
