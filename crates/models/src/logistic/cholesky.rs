/// A positive definite square, taken apart so that equations with it are solved quickly.
pub(super) struct Cholesky {
    lower: Vec<f64>,
    width: usize,
}

impl Cholesky {
    /// None for a square that is not positive definite.
    pub(super) fn of(mut square: Vec<f64>, width: usize) -> Option<Self> {
        for column in 0..width {
            for row in column..width {
                let before = &square[row * width..row * width + column];
                let other = &square[column * width..column * width + column];
                let sum: f64 = before.iter().zip(other).map(|(left, right)| left * right).sum();
                let value = square[row * width + column] - sum;
                square[row * width + column] = if row == column {
                    if value.is_nan() || value <= 0.0 {
                        return None;
                    }
                    value.sqrt()
                } else {
                    value / square[column * width + column]
                };
            }
        }
        Some(Self { lower: square, width })
    }

    /// The vector that, multiplied with the square, gives this one.
    pub(super) fn solve(&self, vector: &[f64]) -> Vec<f64> {
        let (width, lower) = (self.width, &self.lower);
        let mut found = vector.to_vec();
        for row in 0..width {
            let sum: f64 = (0..row).map(|column| lower[row * width + column] * found[column]).sum();
            found[row] = (found[row] - sum) / lower[row * width + row];
        }
        for row in (0..width).rev() {
            let sum: f64 = (row + 1..width).map(|below| lower[below * width + row] * found[below]).sum();
            found[row] = (found[row] - sum) / lower[row * width + row];
        }
        found
    }
}
