use super::lex::{Kind, Token, tokens};
use super::model::{Aggregate, Comparison, Condition, Query, Stage};
use crate::telemetry::{FIELDS, is_field};

/// The most characters of a query.
const LENGTH_MAX: usize = 4_000;
/// The most stages.
const STAGES_MAX: usize = 12;
/// How deep conditions may nest.
const DEPTH_MAX: usize = 32;
/// The most rows a stage may ask to keep.
const ROWS_MAX: usize = 1_000;

/// What is wrong with a query, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {}: {what}; {fix}", at + 1)]
pub struct QueryError {
    /// The character it is about, counted from 0: where the caret goes.
    pub at: usize,
    /// What is wrong.
    pub what: String,
    /// What to try.
    pub fix: String,
}

impl QueryError {
    pub(super) fn new(at: usize, what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { at, what: what.into(), fix: fix.into() }
    }
}

/// Reads a query. An empty one asks for everything.
///
/// # Errors
/// [`QueryError`] with the place of the first thing that cannot be understood.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    if text.chars().count() > LENGTH_MAX {
        return Err(QueryError::new(
            LENGTH_MAX,
            "the query is too long",
            format!("stay below {LENGTH_MAX} characters"),
        ));
    }
    let mut parser =
        Parser { tokens: tokens(text)?, next: 0, end: text.chars().count(), columns: None, depth: 0 };
    let mut stages = Vec::new();
    if parser.peek().is_none() {
        return Ok(Query { stages });
    }
    loop {
        if stages.len() == STAGES_MAX {
            return Err(parser.fault("there are too many stages", format!("use at most {STAGES_MAX}")));
        }
        parser.stage(&mut stages)?;
        match parser.peek() {
            None => return Ok(Query { stages }),
            Some(Kind::Sign("|")) => parser.next += 1,
            Some(_) => return Err(parser.fault("a stage should end here", "put `|` before the next stage")),
        }
    }
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    end: usize,
    /// The columns that a `stats` made; before it, fields of signals.
    columns: Option<Vec<String>>,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.next).map(|token| &token.kind)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |token| token.at)
    }

    fn fault(&self, what: impl Into<String>, fix: impl Into<String>) -> QueryError {
        QueryError::new(self.at(), what, fix)
    }

    fn word_is(&self, wanted: &str) -> bool {
        matches!(self.peek(), Some(Kind::Word(word)) if word.eq_ignore_ascii_case(wanted))
    }

    fn take_word(&mut self, wanted: &str) -> bool {
        let found = self.word_is(wanted);
        self.next += usize::from(found);
        found
    }

    fn take_sign(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some(Kind::Sign(sign)) if *sign == wanted);
        self.next += usize::from(found);
        found
    }

    fn stage(&mut self, stages: &mut Vec<Stage>) -> Result<(), QueryError> {
        let stage = match self.peek() {
            Some(Kind::Word(word)) => word.to_ascii_lowercase(),
            _ => String::new(),
        };
        let starts_stage = matches!(
            self.tokens.get(self.next + 1).map(|token| &token.kind),
            Some(Kind::Word(_) | Kind::Quoted(_) | Kind::Sign("("))
        );
        match stage.as_str() {
            "stats" if starts_stage => {
                self.next += 1;
                stages.push(self.stats()?);
            }
            "top" if starts_stage => {
                self.next += 1;
                self.top(stages)?;
            }
            "head" if starts_stage => {
                self.next += 1;
                stages.push(Stage::Head(self.amount()?));
            }
            "sort" if starts_stage => {
                self.next += 1;
                stages.push(self.sort()?);
            }
            "fields" if starts_stage => {
                self.next += 1;
                stages.push(Stage::Fields(self.list()?));
            }
            _ => {
                if self.columns.is_some() {
                    return Err(self.fault(
                        "after `stats` there is nothing left to filter",
                        "move the condition before it, or use sort, top, head or fields",
                    ));
                }
                self.take_word("where");
                stages.push(Stage::Where(self.either()?));
            }
        }
        Ok(())
    }

    fn either(&mut self) -> Result<Condition, QueryError> {
        let mut left = self.both()?;
        while self.take_word("or") {
            left = Condition::Or(Box::new(left), Box::new(self.both()?));
        }
        Ok(left)
    }

    fn both(&mut self) -> Result<Condition, QueryError> {
        let mut left = self.single()?;
        loop {
            let joined = self.take_word("and");
            let goes_on = matches!(self.peek(), Some(Kind::Word(_) | Kind::Quoted(_) | Kind::Sign("(")))
                && !self.word_is("or");
            if !joined && !goes_on {
                return Ok(left);
            }
            left = Condition::And(Box::new(left), Box::new(self.single()?));
        }
    }

    fn single(&mut self) -> Result<Condition, QueryError> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(self.fault("the conditions nest too deep", format!("stay within {DEPTH_MAX} levels")));
        }
        let condition = if self.take_word("not") {
            Condition::Not(Box::new(self.single()?))
        } else if self.take_sign("(") {
            let inner = self.either()?;
            if !self.take_sign(")") {
                return Err(self.fault("a parenthesis is not closed", "add `)`"));
            }
            inner
        } else if let Some(Kind::Quoted(text)) = self.peek() {
            let text = text.clone();
            self.next += 1;
            Condition::Anywhere(text)
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(condition)
    }

    fn comparison(&mut self) -> Result<Condition, QueryError> {
        let field = self.field()?;
        if self.take_word("exists") {
            return Ok(Condition::Exists(field));
        }
        if self.take_word("in") {
            if !self.take_sign("(") {
                return Err(self.fault("`in` needs a list", "write `in (one, two)`"));
            }
            let mut values = vec![self.value()?];
            while self.take_sign(",") {
                values.push(self.value()?);
            }
            if !self.take_sign(")") {
                return Err(self.fault("the list is not closed", "add `)`"));
            }
            return Ok(Condition::Compare(field, Comparison::Is, values));
        }
        let comparisons = [
            ("=", Comparison::Is),
            ("~", Comparison::Contains),
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("<", Comparison::Less),
            (">", Comparison::More),
        ];
        for (sign, comparison) in comparisons {
            if self.take_sign(sign) {
                let at = self.at();
                let value = self.value()?;
                check_bound(&field, comparison, &value, at)?;
                return Ok(Condition::Compare(field, comparison, vec![value]));
            }
        }
        if self.take_sign("!=") {
            let value = self.value()?;
            return Ok(Condition::Not(Box::new(Condition::Compare(field, Comparison::Is, vec![value]))));
        }
        Err(self
            .fault(format!("`{field}` is compared with nothing"), "write one of = != ~ < <= > >= in exists"))
    }

    fn field(&mut self) -> Result<String, QueryError> {
        let Some(Kind::Word(word)) = self.peek() else {
            return Err(self.fault("a field should stand here", "such as user, patient, kind or outcome"));
        };
        let word = word.clone();
        let known = match &self.columns {
            Some(columns) => columns.contains(&word),
            None => is_field(&word),
        };
        if !known {
            let names: Vec<&str> = match &self.columns {
                Some(columns) => columns.iter().map(String::as_str).collect(),
                None => FIELDS.iter().map(|(name, _)| *name).collect(),
            };
            return Err(
                self.fault(format!("there is no field `{word}`"), format!("there are: {}", names.join(", ")))
            );
        }
        self.next += 1;
        Ok(word)
    }

    fn value(&mut self) -> Result<String, QueryError> {
        match self.peek() {
            Some(Kind::Word(text) | Kind::Quoted(text)) => {
                let text = text.clone();
                self.next += 1;
                Ok(text)
            }
            _ => Err(self.fault("a value should stand here", "a word, a number, or a text in double quotes")),
        }
    }

    fn amount(&mut self) -> Result<usize, QueryError> {
        let at = self.at();
        let text = self.value()?;
        let amount = text.parse::<usize>().ok().filter(|amount| (1..=ROWS_MAX).contains(amount));
        amount.ok_or_else(|| {
            QueryError::new(at, format!("`{text}` is not a number of rows"), format!("write 1 to {ROWS_MAX}"))
        })
    }

    fn list(&mut self) -> Result<Vec<String>, QueryError> {
        let mut fields = vec![self.field()?];
        while self.take_sign(",") {
            fields.push(self.field()?);
        }
        Ok(fields)
    }

    fn sort(&mut self) -> Result<Stage, QueryError> {
        let mut descending = self.take_word("desc");
        if let Some(Kind::Word(word)) = self.peek()
            && let Some(rest) = word.strip_prefix('-')
        {
            descending = true;
            let rest = rest.to_owned();
            self.tokens[self.next].kind = Kind::Word(rest);
        }
        let column = self.field()?;
        descending |= self.take_word("desc");
        Ok(Stage::Sort { column, descending })
    }

    /// `top 10` after `stats`; `top 10 user` counts first.
    fn top(&mut self, stages: &mut Vec<Stage>) -> Result<(), QueryError> {
        let amount = self.amount()?;
        if self.columns.is_none() {
            let by = self.list().map_err(|error| QueryError {
                fix: "write `top 10 user`, or put `stats` before it".to_owned(),
                ..error
            })?;
            stages.push(Stage::Stats {
                aggregates: vec![(Aggregate::Count, "count".to_owned())],
                by: by.clone(),
            });
            self.columns = Some(by.into_iter().chain(["count".to_owned()]).collect());
        }
        stages.push(Stage::Top(amount));
        Ok(())
    }

    fn stats(&mut self) -> Result<Stage, QueryError> {
        if self.columns.is_some() {
            return Err(self.fault("there is already a `stats`", "use one; sort, top and head may follow it"));
        }
        let mut aggregates = vec![self.aggregate()?];
        while self.take_sign(",") {
            aggregates.push(self.aggregate()?);
        }
        let at = self.at();
        let by = if self.take_word("by") { self.list()? } else { Vec::new() };
        if by.len() > 4 || aggregates.len() > 8 {
            return Err(QueryError::new(
                at,
                "that makes too wide a table",
                "use at most 8 measures by 4 fields",
            ));
        }
        let names = by.iter().chain(aggregates.iter().map(|(_, name)| name)).cloned().collect();
        self.columns = Some(names);
        Ok(Stage::Stats { aggregates, by })
    }

    fn aggregate(&mut self) -> Result<(Aggregate, String), QueryError> {
        let at = self.at();
        let name = self.value()?.to_ascii_lowercase();
        let field = if self.take_sign("(") {
            let field = if name == "count" { String::new() } else { self.field()? };
            if !self.take_sign(")") {
                return Err(self.fault("a parenthesis is not closed", "add `)`"));
            }
            field
        } else {
            String::new()
        };
        let aggregate = match (name.as_str(), field.is_empty()) {
            ("count", true) => Aggregate::Count,
            ("dc", false) => Aggregate::Distinct(field.clone()),
            ("sum", false) => Aggregate::Sum(field.clone()),
            ("min", false) => Aggregate::Min(field.clone()),
            ("max", false) => Aggregate::Max(field.clone()),
            ("avg", false) => Aggregate::Avg(field.clone()),
            _ => {
                return Err(QueryError::new(
                    at,
                    format!("`{name}` computes nothing"),
                    "write count, dc(field), sum(field), min(field), max(field) or avg(field)",
                ));
            }
        };
        let plain = if field.is_empty() { name } else { format!("{name}({field})") };
        let named = if self.take_word("as") { self.value()? } else { plain };
        Ok((aggregate, named))
    }
}

/// An order is between numbers, or moments for `time`.
fn check_bound(field: &str, comparison: Comparison, value: &str, at: usize) -> Result<(), QueryError> {
    if matches!(comparison, Comparison::Is | Comparison::Contains) {
        return Ok(());
    }
    if field == "time" {
        return match super::run::moment_us(value) {
            Some(_) => Ok(()),
            None => {
                Err(QueryError::new(at, format!("`{value}` is not a moment"), "write \"2031-03-04T06:00\""))
            }
        };
    }
    match value.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(()),
        _ => Err(QueryError::new(at, format!("`{value}` is not a number"), "compare texts with = or ~")),
    }
}
