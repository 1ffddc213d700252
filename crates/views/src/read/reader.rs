use fhirpath::{Engine, Shape};

use crate::problem::{Remark, ViewProblem};
use crate::view::Placed;

/// Mistakes told at once.
const PROBLEMS_MAX: usize = 50;

/// What gathers while a view is read.
pub(super) struct Reader<'e> {
    engine: &'e Engine,
    pub(super) constants: Vec<String>,
    pub(super) problems: Vec<ViewProblem>,
    pub(super) remarks: Vec<Remark>,
    /// Selects met so far.
    pub(super) selects: usize,
    /// Columns met so far, those of every branch of a union.
    pub(super) columns: usize,
}

impl<'e> Reader<'e> {
    pub(super) fn new(engine: &'e Engine) -> Self {
        let (problems, remarks) = (Vec::new(), Vec::new());
        Self { engine, constants: Vec::new(), problems, remarks, selects: 0, columns: 0 }
    }

    pub(super) fn wrong(&mut self, at: impl Into<String>, reason: impl Into<String>) {
        self.problem(ViewProblem::at(at, reason));
    }

    pub(super) fn remark(&mut self, at: impl Into<String>, reason: impl Into<String>) {
        if self.remarks.len() < PROBLEMS_MAX {
            self.remarks.push(Remark::at(at, reason));
        }
    }

    /// Reads an expression, and says what its results may be where it is evaluated.
    pub(super) fn expression(&mut self, text: &str, at: String, from: &Shape) -> Option<(Placed, Shape)> {
        let constants: Vec<&str> = self.constants.iter().map(String::as_str).collect();
        match self.engine.compile(text, &constants) {
            Err(problem) => {
                self.problem(ViewProblem::of(&at, &problem));
                None
            }
            Ok(expression) => {
                let shape = expression.shape(from).unwrap_or_else(|problem| {
                    if self.remarks.len() < PROBLEMS_MAX {
                        let reason = format!("{}; the result is always empty", problem.reason);
                        self.remarks.push(Remark { reason, ..Remark::of(&at, &problem) });
                    }
                    Shape::unknown()
                });
                Some((Placed { expression, at }, shape))
            }
        }
    }

    fn problem(&mut self, problem: ViewProblem) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(problem);
        }
    }
}
