//! A linear programme whose costs are never negative, solved by the dual simplex method.
//!
//! It is kept as a dictionary (Chvátal 1983, *Linear Programming*, chapters 2 and 10): each basic variable is a number plus a sum over
//! those that are not basic and so are zero. Since no cost is negative, the dictionary in which nothing is done is dual feasible from
//! the beginning, and stays so when a row is added: a branch goes on where its parent ended.

/// What is nearly zero.
const NEARLY: f64 = 1e-9;
/// Pivots of one solution; a roster takes about as many as it has hours.
const PIVOTS_MAX: usize = 5_000;
/// Pivots after which rows and columns are chosen by their names alone, which cannot go round in circles (Bland 1977).
const PIVOTS_GREEDY: usize = 1_000;

/// How a solution ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// At the least cost there is.
    Best,
    /// Nothing satisfies all rows.
    Infeasible,
    /// The method did not come to an end.
    Lost,
}

/// A dictionary. Variables are numbered: first those of the problem, then one slack for each row.
#[derive(Debug, Clone)]
pub(super) struct Dictionary {
    /// The variables that are zero, by column.
    zero: Vec<usize>,
    /// What a unit of each costs.
    costs: Vec<f64>,
    /// The cost of the dictionary as it is.
    pub(super) cost: f64,
    rows: Vec<Row>,
    variables: usize,
}

#[derive(Debug, Clone)]
struct Row {
    /// The variable that this row gives.
    basic: usize,
    value: f64,
    /// What a unit of each variable that is zero adds.
    parts: Vec<f64>,
}

impl Dictionary {
    /// The dictionary in which every variable of the problem is zero.
    pub(super) fn new(costs: &[f64]) -> Self {
        let variables = costs.len();
        Self { zero: (0..variables).collect(), costs: costs.to_vec(), cost: 0.0, rows: Vec::new(), variables }
    }

    /// Adds a row: `value` and a sum over the variables of the problem, which together may not be negative.
    pub(super) fn require(&mut self, value: f64, parts: &[(usize, f64)]) {
        let mut row = Row { basic: self.variables, value, parts: vec![0.0; self.zero.len()] };
        self.variables += 1;
        for (variable, part) in parts {
            match self.rows.iter().find(|row| row.basic == *variable) {
                Some(known) => {
                    row.value += part * known.value;
                    row.parts.iter_mut().zip(&known.parts).for_each(|(own, known)| *own += part * known);
                }
                None => {
                    let column = self.zero.iter().position(|zero| zero == variable);
                    column.into_iter().for_each(|column| row.parts[column] += part);
                }
            }
        }
        self.rows.push(row);
    }

    /// Pivots until no row is negative.
    pub(super) fn solve(&mut self) -> Ended {
        for pivots in 0..PIVOTS_MAX {
            let by_name = pivots >= PIVOTS_GREEDY;
            let Some(leaving) = self.leaving(by_name) else { return Ended::Best };
            let Some(entering) = self.entering(leaving) else { return Ended::Infeasible };
            self.pivot(leaving, entering);
        }
        Ended::Lost
    }

    /// The value of a variable.
    pub(super) fn value(&self, variable: usize) -> f64 {
        self.rows.iter().find(|row| row.basic == variable).map_or(0.0, |row| row.value)
    }

    fn leaving(&self, by_name: bool) -> Option<usize> {
        let negative = self.rows.iter().enumerate().filter(|(_, row)| row.value < -NEARLY);
        let chosen = if by_name {
            negative.min_by_key(|(_, row)| row.basic)
        } else {
            negative.min_by(|(_, one), (_, other)| one.value.total_cmp(&other.value))
        };
        chosen.map(|(at, _)| at)
    }

    /// The column by which no cost becomes negative; of several, the one of the first variable.
    fn entering(&self, leaving: usize) -> Option<usize> {
        let parts = &self.rows[leaving].parts;
        let fits = (0..parts.len()).filter(|column| parts[*column] > NEARLY);
        let ratio = |column: usize| self.costs[column] / parts[column];
        fits.min_by(|one, other| {
            let (one_ratio, other_ratio) = (ratio(*one), ratio(*other));
            if (one_ratio - other_ratio).abs() <= NEARLY {
                self.zero[*one].cmp(&self.zero[*other])
            } else {
                one_ratio.total_cmp(&other_ratio)
            }
        })
    }

    fn pivot(&mut self, leaving: usize, entering: usize) {
        let row = &mut self.rows[leaving];
        let part = row.parts[entering];
        // The row is turned round, so that it gives the entering variable.
        std::mem::swap(&mut row.basic, &mut self.zero[entering]);
        row.parts[entering] = -1.0;
        row.value /= -part;
        row.parts.iter_mut().for_each(|other| *other /= -part);
        let turned = row.clone();
        for (at, row) in self.rows.iter_mut().enumerate().filter(|(_, row)| row.parts[entering] != 0.0) {
            if at != leaving {
                let part = std::mem::take(&mut row.parts[entering]);
                row.value += part * turned.value;
                row.parts.iter_mut().zip(&turned.parts).for_each(|(own, turned)| *own += part * turned);
            }
        }
        let cost = std::mem::take(&mut self.costs[entering]);
        self.cost += cost * turned.value;
        self.costs.iter_mut().zip(&turned.parts).for_each(|(own, turned)| *own += cost * turned);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_cost_lies_in_a_corner() {
        // Chvátal's diet in small: 2 x + y >= 8, x + 3 y >= 9 at costs 3 and 4; best at x = 3, y = 2.
        let mut diet = Dictionary::new(&[3.0, 4.0]);
        diet.require(-8.0, &[(0, 2.0), (1, 1.0)]);
        diet.require(-9.0, &[(0, 1.0), (1, 3.0)]);
        assert_eq!(diet.solve(), Ended::Best);
        assert!((diet.cost - 17.0).abs() < 1e-9 && (diet.value(0) - 3.0).abs() < 1e-9, "{diet:?}");
        // A row that is added later goes on from there: x <= 2 makes y 4.
        diet.require(2.0, &[(0, -1.0)]);
        assert_eq!(diet.solve(), Ended::Best);
        assert!((diet.cost - 22.0).abs() < 1e-9 && (diet.value(1) - 4.0).abs() < 1e-9, "{diet:?}");
        diet.require(3.0, &[(1, -1.0)]);
        assert_eq!(diet.solve(), Ended::Infeasible);
    }
}
