/// Rows of standardised features, one after the other, each with a 1 for the intercept at its end.
pub(super) struct Design<'a> {
    pub(super) values: &'a [f64],
    pub(super) outcomes: &'a [f64],
    /// Numbers in a row.
    pub(super) width: usize,
    /// Weight of the data against the penalty, scikit-learn's `C`; infinite for no penalty.
    pub(super) strength: f64,
}

/// The logistic function, exact at both ends.
pub(crate) fn sigmoid(margin: f64) -> f64 {
    if margin >= 0.0 {
        1.0 / (1.0 + (-margin).exp())
    } else {
        let exp = margin.exp();
        exp / (1.0 + exp)
    }
}

impl Design<'_> {
    fn rows(&self) -> impl Iterator<Item = (&[f64], f64)> {
        self.values.chunks_exact(self.width).zip(self.outcomes.iter().copied())
    }

    /// The penalty's share against the data, and the data's.
    fn shares(&self) -> (f64, f64) {
        if self.strength.is_finite() { (1.0, self.strength) } else { (0.0, 1.0) }
    }

    /// The penalised loss and its gradient, in one pass. The intercept, last, is not penalised.
    pub(super) fn loss(&self, weights: &[f64], gradient: &mut [f64]) -> f64 {
        let (penalty, data) = self.shares();
        gradient.fill(0.0);
        let mut loss = 0.0;
        for (row, outcome) in self.rows() {
            let margin = dot(row, weights);
            let exp = (-margin.abs()).exp();
            let probability = if margin >= 0.0 { 1.0 / (1.0 + exp) } else { exp / (1.0 + exp) };
            loss += exp.ln_1p() + margin.max(0.0) - outcome * margin;
            add(gradient, row, probability - outcome);
        }
        gradient.iter_mut().for_each(|slope| *slope *= data);
        let penalised = self.width - 1;
        for (slope, weight) in gradient[..penalised].iter_mut().zip(weights) {
            *slope += penalty * weight;
        }
        let norm: f64 = weights[..penalised].iter().map(|weight| weight * weight).sum();
        data * loss + penalty * 0.5 * norm
    }

    /// The second derivatives, row by row of a square.
    pub(super) fn hessian(&self, weights: &[f64]) -> Vec<f64> {
        let (width, (penalty, data)) = (self.width, self.shares());
        let mut square = vec![0.0; width * width];
        for (row, _) in self.rows() {
            let probability = sigmoid(dot(row, weights));
            let curvature = data * probability * (1.0 - probability);
            for (at, value) in row.iter().enumerate() {
                let line = &mut square[at * width..at * width + at + 1];
                add(line, &row[..=at], curvature * value);
            }
        }
        for at in 0..width {
            for other in at + 1..width {
                square[at * width + other] = square[other * width + at];
            }
            if at + 1 < width {
                square[at * width + at] += penalty;
            }
        }
        square
    }
}

/// In four sums side by side, which a processor adds at once.
pub(super) fn dot(left: &[f64], right: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (lefts, rights) = (left.chunks_exact(4), right.chunks_exact(4));
    let rest: f64 = lefts.remainder().iter().zip(rights.remainder()).map(|(left, right)| left * right).sum();
    for (left, right) in lefts.zip(rights) {
        for lane in 0..4 {
            sums[lane] += left[lane] * right[lane];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// Adds `times` a vector to another.
pub(super) fn add(to: &mut [f64], of: &[f64], times: f64) {
    for (to, of) in to.iter_mut().zip(of) {
        *to += times * of;
    }
}
