use std::collections::BTreeSet;

use super::rule::{Policy, Rule, Treatment};
use crate::column::{Kind, Table};

/// Something wrong with a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {what}; {remedy}")]
pub struct PolicyProblem {
    /// Where: a line of the file, or a rule by its number from 1.
    pub at: String,
    /// What was met.
    pub what: String,
    /// What to try.
    pub remedy: String,
}

impl PolicyProblem {
    fn new(at: impl Into<String>, what: impl Into<String>, remedy: &str) -> Self {
        Self { at: at.into(), what: what.into(), remedy: remedy.to_owned() }
    }
}

/// Columns that are dates, of which alone a year can be taken.
const DATED: [Kind; 2] = [Kind::Date, Kind::Instant];

impl Policy {
    /// Reads a policy in TOML.
    ///
    /// # Errors
    /// What cannot be read, with its line.
    pub fn read(text: &str) -> Result<Self, PolicyProblem> {
        toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
            PolicyProblem::new(
                format!("line {line}"),
                error.message(),
                "compare it with the policy as shipped",
            )
        })
    }

    /// Everything that is wrong with it over `tables`, for `roles`.
    #[must_use]
    pub fn problems(&self, tables: &[Table], roles: &[&str]) -> Vec<PolicyProblem> {
        let mut problems = Vec::new();
        let mut taken = BTreeSet::new();
        for (rule, number) in self.rules.iter().zip(1..) {
            let at = format!("rule {number}");
            for role in rule.roles.iter().filter(|role| !roles.contains(&role.as_str())) {
                problems.push(PolicyProblem::new(
                    &at,
                    format!("there is no role '{role}'"),
                    "name a role of the hospital's matrix",
                ));
            }
            for purpose in &rule.purposes {
                if !self.purposes.iter().any(|known| known.code == *purpose) {
                    let what = format!("there is no purpose '{purpose}'");
                    problems.push(PolicyProblem::new(&at, what, "declare it with [[purpose]]"));
                }
                for role in rule.roles.iter().filter(|role| !taken.insert(((*role).clone(), purpose))) {
                    let what = format!("an earlier rule says already what {role} may see for {purpose}");
                    problems.push(PolicyProblem::new(&at, what, "join the two, or take the role out of one"));
                }
            }
            problems.extend(rule.problems(&at, tables));
        }
        problems
    }
}

impl Rule {
    fn problems(&self, at: &str, tables: &[Table]) -> Vec<PolicyProblem> {
        let mut problems = Vec::new();
        let named = self.tables.iter().filter(|name| *name != "*").chain(self.rows.keys());
        for name in named.filter(|name| !tables.iter().any(|table| table.name == **name)) {
            problems.push(PolicyProblem::new(
                at,
                format!("there is no table '{name}'"),
                "name one of the lake's tables",
            ));
        }
        for (place, treatment) in &self.columns {
            problems.extend(self.problem_of(at, place, *treatment, tables));
        }
        match self.smallest_group {
            Some(0 | 1) => problems.push(PolicyProblem::new(
                at,
                "a smallest group of one person hides nobody",
                "leave smallest_group away, or ask for more people",
            )),
            Some(_) => problems.extend(self.shown_people(at, tables)),
            None => {}
        }
        problems
    }

    fn problem_of(
        &self,
        at: &str,
        place: &str,
        treatment: Treatment,
        tables: &[Table],
    ) -> Option<PolicyProblem> {
        let named = place.split_once('.');
        let (of, column) = named.unwrap_or_default();
        let meant = tables.iter().filter(|table| of == "*" || table.name == of);
        let kinds: Vec<(&Table, Kind)> = meant
            .filter_map(|table| Some((table, table.columns.iter().find(|known| known.name == column)?.kind)))
            .collect();
        let problem = |what: String, remedy| Some(PolicyProblem::new(at, what, remedy));
        if kinds.is_empty() {
            return problem(
                format!("no table has a column '{place}'"),
                "write it as table.column, or *.column",
            );
        }
        let fits = |(table, kind): &(&Table, Kind)| match treatment {
            Treatment::Shown | Treatment::Hidden => true,
            Treatment::Pseudonym | Treatment::Zip3 => *kind == Kind::Text,
            Treatment::Shifted => DATED.contains(kind) && table.person.is_some(),
            Treatment::Year | Treatment::BirthYear => DATED.contains(kind),
        };
        kinds.iter().find(|one| !fits(one)).and_then(|(table, kind)| {
            let what = format!("'{}.{column}' holds {}, which cannot be seen so", table.name, kind.sql());
            problem(what, "dates can be shifted or kept as years, texts be pseudonyms or ZIP codes")
        })
    }

    /// Where only groups may be asked for, whose row it is must not be told, and must be known to be counted.
    fn shown_people(&self, at: &str, tables: &[Table]) -> Vec<PolicyProblem> {
        let mut problems = Vec::new();
        for table in
            tables.iter().filter(|table| self.tables.iter().any(|one| one == "*" || *one == table.name))
        {
            let person = table.person.as_deref();
            let is_counted =
                person.is_some_and(|column| self.treatment(&table.name, column) == Treatment::Pseudonym);
            if person.is_some() && !is_counted {
                let what =
                    format!("groups of '{}' are counted by people, so its person is a pseudonym", table.name);
                problems.push(PolicyProblem::new(
                    at,
                    what,
                    "say \"*.patient_id\" = \"pseudonym\" and \"patients.id\" = \"pseudonym\"",
                ));
            }
        }
        problems
    }
}
