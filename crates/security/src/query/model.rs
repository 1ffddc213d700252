/// A query: what to look for, and what to make of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// Its stages, in order.
    pub stages: Vec<Stage>,
}

impl Query {
    /// Whether what it finds or shows can depend on one of these fields.
    #[must_use]
    pub fn reads_any(&self, fields: &[&str]) -> bool {
        let is_meant = |name: &String| fields.contains(&name.as_str());
        self.stages.iter().any(|stage| match stage {
            Stage::Where(condition) => condition.reads_any(fields),
            Stage::Stats { aggregates, by } => {
                by.iter().any(is_meant)
                    || aggregates.iter().any(|(aggregate, _)| aggregate.field().is_some_and(is_meant))
            }
            Stage::Sort { column, .. } => is_meant(column),
            Stage::Fields(names) => names.iter().any(is_meant),
            Stage::Head(_) | Stage::Top(_) => false,
        })
    }
}

/// One stage.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// Keep what meets a condition.
    Where(Condition),
    /// Count and measure, in groups.
    Stats {
        /// What to compute, each with the name of its column.
        aggregates: Vec<(Aggregate, String)>,
        /// One row for each combination of these fields.
        by: Vec<String>,
    },
    /// Put in order.
    Sort {
        /// By which column.
        column: String,
        /// Largest first.
        descending: bool,
    },
    /// Keep the first so many.
    Head(usize),
    /// Keep those with the largest first measure.
    Top(usize),
    /// Show these columns.
    Fields(Vec<String>),
}

/// Something that is true of a signal or not.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Both.
    And(Box<Condition>, Box<Condition>),
    /// Either.
    Or(Box<Condition>, Box<Condition>),
    /// The opposite.
    Not(Box<Condition>),
    /// The field has a value.
    Exists(String),
    /// The field compares so with one of these values.
    Compare(String, Comparison, Vec<String>),
    /// Some field contains this text.
    Anywhere(String),
}

impl Condition {
    fn reads_any(&self, fields: &[&str]) -> bool {
        match self {
            Self::And(left, right) | Self::Or(left, right) => {
                left.reads_any(fields) || right.reads_any(fields)
            }
            Self::Not(inner) => inner.reads_any(fields),
            Self::Exists(field) | Self::Compare(field, ..) => fields.contains(&field.as_str()),
            Self::Anywhere(_) => true,
        }
    }
}

/// How a field compares with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The same; `*` stands for anything, and case does not count.
    Is,
    /// Contains.
    Contains,
    /// Less.
    Less,
    /// Less or the same.
    AtMost,
    /// More.
    More,
    /// More or the same.
    AtLeast,
}

/// What is computed over a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aggregate {
    /// How many signals.
    Count,
    /// How many different values of a field.
    Distinct(String),
    /// The sum of a field's numbers.
    Sum(String),
    /// The smallest.
    Min(String),
    /// The largest.
    Max(String),
    /// The mean.
    Avg(String),
}

impl Aggregate {
    /// The field it looks at.
    fn field(&self) -> Option<&String> {
        match self {
            Self::Count => None,
            Self::Distinct(field)
            | Self::Sum(field)
            | Self::Min(field)
            | Self::Max(field)
            | Self::Avg(field) => Some(field),
        }
    }
}
