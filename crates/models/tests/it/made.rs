use models::Table;

/// Numbers that look like chance (a linear congruential generator, Knuth's MMIX).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    /// From 0 up to 1.
    pub(crate) fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A table whose outcome hangs on the first column as it rises, on the second only beyond its middle, and on
/// whether the third is missing; the fourth says nothing.
pub(crate) fn made(rows: usize) -> (Table, Vec<f64>) {
    let mut numbers = Numbers(7);
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); 4];
    let mut outcomes = Vec::new();
    for _ in 0..rows {
        let mut row = [0.0; 4].map(|_: f64| numbers.next() * 2.0 - 1.0);
        if numbers.next() < 0.2 {
            row[2] = f64::NAN;
        }
        let margin = -1.0
            + 2.0 * row[0]
            + if row[1].abs() > 0.5 { 1.5 } else { 0.0 }
            + if row[2].is_nan() { 1.0 } else { 0.0 };
        outcomes.push(f64::from(numbers.next() < 1.0 / (1.0 + (-margin).exp())));
        columns.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
    }
    let named = columns.into_iter().enumerate().map(|(at, column)| (format!("x{at}"), column));
    (Table::new(named.collect()).unwrap(), outcomes)
}
