use schemars::JsonSchema;
use serde::Serialize;

/// How far two raters agree about one team.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Agreement {
    /// How many behaviours both could see.
    pub seen_by_both: usize,
    /// Of these, how many have the same mark from both.
    pub exact: usize,
    /// Of these, how many have marks that are at most one level apart.
    pub within_one: usize,
    /// Agreement beyond chance; nothing, where chance cannot be told from it.
    pub kappa: Option<Kappa>,
}

/// Cohen's kappa with quadratic weights, and how much one behaviour weighs in it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Kappa {
    /// 1 if all marks are alike, 0 if they agree as chance would, below zero if less than that.
    pub value: f64,
    /// The lowest and the highest it is when any one behaviour is left out.
    pub without_one: Option<(f64, f64)>,
}

/// Compares the marks of two raters, each pair for one behaviour that both could see.
#[must_use]
pub fn agreement(pairs: &[(usize, usize)]) -> Agreement {
    let within = |levels: usize| pairs.iter().filter(|(one, other)| one.abs_diff(*other) <= levels).count();
    let kappa = weighted_kappa(pairs).map(|value| Kappa { value, without_one: without_one(pairs) });
    Agreement { seen_by_both: pairs.len(), exact: within(0), within_one: within(1), kappa }
}

/// Cohen's kappa with quadratic weights (Cohen, Psychological Bulletin 1968; 70: 213-220).
///
/// It is one less the mean squared difference of the pairs divided by what that would be if the marks of each rater were dealt out anew.
/// Nothing where one of the raters marked everything alike: it is 0 then, however close the marks are, or 0 of 0.
#[must_use]
pub fn weighted_kappa(pairs: &[(usize, usize)]) -> Option<f64> {
    let is_flat = |of: fn(&(usize, usize)) -> usize| pairs.windows(2).all(|two| of(&two[0]) == of(&two[1]));
    if is_flat(|pair| pair.0) || is_flat(|pair| pair.1) {
        return None;
    }
    let observed: f64 = pairs.iter().map(|(one, other)| squared(*one, *other)).sum();
    let dealt: f64 =
        pairs.iter().flat_map(|(one, _)| pairs.iter().map(|(_, other)| squared(*one, *other))).sum();
    #[allow(clippy::cast_precision_loss, reason = "a rubric has a handful of behaviours")]
    let count = pairs.len() as f64;
    Some(1.0 - observed * count / dealt)
}

fn squared(one: usize, other: usize) -> f64 {
    let apart = u32::try_from(one.abs_diff(other)).unwrap_or(u32::MAX);
    f64::from(apart).powi(2)
}

fn without_one(pairs: &[(usize, usize)]) -> Option<(f64, f64)> {
    let without = |place: usize| {
        let rest: Vec<_> =
            pairs.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, pair)| *pair).collect();
        weighted_kappa(&rest)
    };
    let all: Vec<f64> = (0..pairs.len()).filter_map(without).collect();
    let lowest = all.iter().copied().reduce(f64::min)?;
    Some((lowest, all.iter().copied().reduce(f64::max)?))
}

impl Agreement {
    /// What kappa says, and how little, in sentences.
    #[must_use]
    pub fn kappa_words(&self) -> String {
        let seen = self.seen_by_both;
        let Some(Kappa { value, without_one }) = self.kappa else {
            return match seen {
                0 => "There is no kappa: nothing was seen by both.".to_owned(),
                _ => "There is no kappa: one of the two marked everything alike, so that agreement cannot be told from chance."
                    .to_owned(),
            };
        };
        let moves = without_one.map_or_else(String::new, |(lowest, highest)| {
            format!(" Leave any one behaviour out, and it lies between {lowest:.2} and {highest:.2}.")
        });
        format!(
            "Quadratic weighted kappa is {value:.2}, from {seen} behaviours of one team.{moves} So few marks say little about two raters: read where they differ first."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(one: &[usize], other: &[usize]) -> Vec<(usize, usize)> {
        one.iter().copied().zip(other.iter().copied()).collect()
    }

    /// How far two numbers may be apart that are printed with three digits.
    const PRINTED: f64 = 0.000_5;

    #[test]
    fn kappa_is_that_of_published_data() {
        // `anxiety` of the R package irr, raters 1 and 2: kappa2(anxiety[,1:2], "squared") gives 0.297 for 20 people.
        let one = [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3];
        let other = [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4];
        let kappa = weighted_kappa(&pairs(&one, &other)).unwrap();
        assert!((kappa - 0.297).abs() < PRINTED, "{kappa}");
    }

    #[test]
    fn kappa_is_what_one_works_out_by_hand() {
        let cases = [
            // Squared differences 0, 0, 1, 0, 1 are 2; dealt anew, 25 pairs are 15 + 18 + 7 + 6 + 18 = 64 -> 1 - 2 * 5 / 64.
            (vec![1, 4, 3, 2, 4], vec![1, 4, 2, 2, 3], Some(0.843_75)),
            // The same marks throughout.
            (vec![1, 2, 3], vec![1, 2, 3], Some(1.0)),
            // The other way round: 1 and 1 are 2; dealt anew 1 + 0 + 0 + 1 = 2 -> 1 - 2 * 2 / 2.
            (vec![1, 2], vec![2, 1], Some(-1.0)),
            // As chance would have it: 0, 1, 1, 0 are 2; dealt anew half of 16 pairs differ by one -> 1 - 2 * 4 / 8.
            (vec![1, 1, 2, 2], vec![1, 2, 1, 2], Some(0.0)),
            // One rater marks everything alike, or both do, or there is one pair or none.
            (vec![3, 3, 3], vec![3, 4, 3], None),
            (vec![3, 3, 3], vec![3, 3, 3], None),
            (vec![2], vec![2], None),
            (vec![], vec![], None),
        ];
        for (one, other, expected) in cases {
            let found = weighted_kappa(&pairs(&one, &other));
            let is_right = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() < 1e-12,
                (found, expected) => found == expected,
            };
            assert!(is_right, "{one:?} and {other:?}: {found:?} and not {expected:?}");
        }
    }

    #[test]
    fn agreement_counts_and_says_how_little_few_marks_tell() {
        let found = agreement(&pairs(&[1, 4, 3, 2, 4], &[1, 2, 2, 2, 4]));
        assert_eq!((found.seen_by_both, found.exact, found.within_one), (5, 3, 4));
        let (lowest, highest) = found.kappa.unwrap().without_one.unwrap();
        assert!(lowest < found.kappa.unwrap().value && found.kappa.unwrap().value < highest);
        let words = found.kappa_words();
        assert!(words.contains("from 5 behaviours of one team") && words.contains("say little"), "{words}");
        assert!(agreement(&pairs(&[3, 3], &[3, 3])).kappa_words().contains("marked everything alike"));
        assert!(agreement(&[]).kappa_words().contains("nothing was seen by both"));
    }
}
