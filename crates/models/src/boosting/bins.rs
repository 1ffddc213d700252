use crate::table::Table;

/// Bins of a column, without the one for missing values.
const BINS_MAX: usize = 255;
/// The bin of missing values.
pub(super) const MISSING: u8 = 255;
/// Slots of a column in a histogram.
pub(super) const SLOTS: usize = 256;
/// Values looked at to find the borders of bins.
const SAMPLE_ROWS: usize = 50_000;

/// A table with bins in place of numbers, row by row.
pub(super) struct Binned {
    pub(super) bins: Vec<u8>,
    /// Of each column the greatest value of each bin but the last.
    pub(super) cuts: Vec<Vec<f64>>,
    pub(super) width: usize,
}

impl Binned {
    pub(super) fn of(table: &Table) -> Self {
        let width = table.columns().len();
        let cuts: Vec<Vec<f64>> = table.columns().iter().map(|column| cuts(column)).collect();
        let mut bins = vec![0; table.rows() * width];
        for (at, (column, cuts)) in table.columns().iter().zip(&cuts).enumerate() {
            for (row, value) in column.iter().enumerate() {
                bins[row * width + at] = bin(*value, cuts);
            }
        }
        Self { bins, cuts, width }
    }

    pub(super) fn row(&self, row: u32) -> &[u8] {
        let at = row as usize * self.width;
        &self.bins[at..at + self.width]
    }
}

/// The bin of a value: it is at most the cut of its bin, and above the one before.
fn bin(value: f64, cuts: &[f64]) -> u8 {
    if value.is_nan() {
        return MISSING;
    }
    u8::try_from(cuts.partition_point(|cut| *cut < value)).unwrap_or(MISSING - 1)
}

/// Borders between bins of about as many values each, half way between two values that occur.
fn cuts(column: &[f64]) -> Vec<f64> {
    let every = column.len().div_ceil(SAMPLE_ROWS).max(1);
    let mut known: Vec<f64> = column.iter().step_by(every).copied().filter(|value| !value.is_nan()).collect();
    known.sort_unstable_by(f64::total_cmp);
    let mut different = known.clone();
    different.dedup();
    if different.len() <= BINS_MAX {
        return different.windows(2).map(|pair| between(pair[0], pair[1])).collect();
    }
    let mut cuts: Vec<f64> = Vec::with_capacity(BINS_MAX);
    for step in 1..BINS_MAX {
        let at = step * known.len() / BINS_MAX;
        let (before, after) = (known[at - 1], known[at]);
        let cut = if before < after { between(before, after) } else { after };
        if cuts.last().is_none_or(|last| *last < cut) {
            cuts.push(cut);
        }
    }
    cuts
}

/// Half way; the lower one where nothing lies between them.
fn between(low: f64, high: f64) -> f64 {
    let middle = f64::midpoint(low, high);
    if middle < high { middle } else { low }
}
