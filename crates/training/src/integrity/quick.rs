use super::signs::{Found, Sign};
use super::work::Work;

/// Fewer others than this have no middle worth comparing with.
const OTHERS_MIN: usize = 5;
/// So many times quicker than the middle of the others is worth a look.
const TIMES: i64 = 5;

/// First attempts that were finished in less than a fifth of the time that half of the others took.
pub(super) fn quick(works: &[&Work]) -> Vec<Found> {
    let took = |work: &Work| Some(work.finished_us? - work.started_us).filter(|_| work.number == 1);
    let all: Vec<(&Work, i64)> = works.iter().filter_map(|work| Some((*work, took(work)?))).collect();
    let mut found = Vec::new();
    for (work, took_us) in &all {
        let mut others: Vec<i64> = all
            .iter()
            .filter(|(other, _)| other.person != work.person)
            .map(|(_, took_us)| *took_us)
            .collect();
        others.sort_unstable();
        if others.len() < OTHERS_MIN {
            continue;
        }
        let middle_us = others[others.len() / 2];
        if took_us.saturating_mul(TIMES) < middle_us {
            let sign = Sign::Quick { took_us: *took_us, middle_us, others: others.len() };
            found.push(Found { attempt: work.attempt.clone(), sign });
        }
    }
    found
}
