/// How many signals fell into which span of time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Histogram {
    /// How long each span is, microseconds.
    pub width_us: i64,
    /// The spans in order, without gaps.
    pub buckets: Vec<Bucket>,
}

/// One span of a histogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// When it begins.
    pub from_us: i64,
    /// How many signals fell into it.
    pub count: usize,
}

const SECOND: i64 = 1_000_000;
/// Spans that people think in: from one second to a year.
const WIDTHS: [i64; 15] = [
    1, 5, 15, 60, 300, 900, 3_600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000, 7_776_000, 31_536_000,
];
const BUCKETS_MAX: i64 = 60;

/// The histogram of these moments, with the finest spans that stay few.
pub(super) fn histogram(times_us: &[i64]) -> Histogram {
    let (Some(first), Some(last)) = (times_us.iter().min(), times_us.iter().max()) else {
        return Histogram::default();
    };
    let span = last.saturating_sub(*first);
    let few = |width: &i64| span / (width * SECOND) < BUCKETS_MAX - 1;
    let fallback = (span / BUCKETS_MAX).max(SECOND) + SECOND;
    let width_us = WIDTHS.iter().copied().find(few).map_or(fallback, |width| width * SECOND);
    let start = first.div_euclid(width_us);
    let count = usize::try_from(last.div_euclid(width_us) - start).unwrap_or(0) + 1;
    let bucket = |place: usize| Bucket { from_us: (start + place as i64).saturating_mul(width_us), count: 0 };
    let mut buckets: Vec<Bucket> = (0..count).map(bucket).collect();
    for time in times_us {
        let place = usize::try_from(time.div_euclid(width_us) - start).unwrap_or(0);
        buckets[place].count += 1;
    }
    Histogram { width_us, buckets }
}
