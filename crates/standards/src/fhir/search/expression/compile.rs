//! Turns the text of an expression into steps.

use std::collections::VecDeque;

use super::token::{Token, tokens};
use super::walk::{Expression, Step, Test};

/// The elements of varying type that parameters of R4 and US Core reach without naming a type.
/// A test compares this list with the definitions.
pub(super) const CHOICES: [&str; 12] = [
    "collected",
    "created",
    "deceased",
    "definition",
    "effective",
    "event",
    "identified",
    "occurrence",
    "performed",
    "probability",
    "scheduled",
    "source",
];

/// Compiles the expression of a search parameter, or says which part of it is beyond this compiler.
pub(crate) fn compile(text: &str) -> Result<Expression, String> {
    let mut reader = Reader { words: tokens(text)?.into() };
    let expression = reader.expression()?;
    match reader.words.front() {
        None => Ok(expression),
        Some(word) => Err(format!("{word:?} is not expected here")),
    }
}

struct Reader {
    words: VecDeque<Token>,
}

impl Reader {
    fn expression(&mut self) -> Result<Expression, String> {
        let first = self.path()?;
        if let Some(test) = self.test(&first)? {
            return self.tests(test);
        }
        let mut paths = vec![first];
        while self.take_sign('|') {
            paths.push(self.path()?);
        }
        Ok(Expression::Values(paths))
    }

    /// `a.exists() and b != false`
    fn tests(&mut self, first: Test) -> Result<Expression, String> {
        let mut tests = vec![first];
        while self.take_name("and") {
            let path = self.path()?;
            let test = self.test(&path)?;
            tests.push(test.ok_or("`and` must be followed by a condition")?);
        }
        Ok(Expression::Holds(tests))
    }

    /// What makes a path a condition: `.exists()`, or `!=` and a boolean.
    fn test(&mut self, path: &[Step]) -> Result<Option<Test>, String> {
        if self.take_sign('!') {
            let wanted = self.name()?;
            let not = wanted
                .parse()
                .map_err(|_| format!("`!= {wanted}` is not supported, only `!= true` and `!= false`"))?;
            return Ok(Some(Test::Differs(path.to_vec(), not)));
        }
        if self.take_name("exists") {
            self.sign('(')?;
            self.sign(')')?;
            return Ok(Some(Test::Exists(path.to_vec())));
        }
        Ok(None)
    }

    fn path(&mut self) -> Result<Vec<Step>, String> {
        let mut steps = Vec::new();
        if self.take_sign('(') {
            steps = self.path()?;
            self.sign(')')?;
        } else {
            self.first(&mut steps)?;
        }
        while self.take_sign('.') {
            if self.words.front() == Some(&Token::Name("exists".to_owned())) {
                return Ok(steps);
            }
            self.step(&mut steps)?;
        }
        if self.take_name("as") {
            let type_name = self.name()?;
            typed(&mut steps, &type_name)?;
        }
        Ok(steps)
    }

    /// The resource type in front of a path is where the walk starts anyway.
    fn first(&mut self, steps: &mut Vec<Step>) -> Result<(), String> {
        let is_type = match self.words.front() {
            Some(Token::Name(name)) => name.starts_with(|first: char| first.is_ascii_uppercase()),
            _ => false,
        };
        if is_type {
            self.words.pop_front();
            return Ok(());
        }
        self.step(steps)
    }

    fn step(&mut self, steps: &mut Vec<Step>) -> Result<(), String> {
        let name = self.name()?;
        if !self.take_sign('(') {
            steps.push(element(name));
            return Ok(());
        }
        match name.as_str() {
            "ofType" | "as" => {
                let type_name = self.name()?;
                typed(steps, &type_name)?;
            }
            "where" => steps.push(self.filter()?),
            "extension" => {
                let equals = self.text()?;
                steps.push(Step::Field("extension".to_owned()));
                steps.push(Step::Where { field: "url".to_owned(), equals });
            }
            _ => return Err(format!("the function `{name}` is not supported")),
        }
        self.sign(')')
    }

    /// Inside `where(...)`: `resolve() is Patient`, or `system = 'phone'`.
    fn filter(&mut self) -> Result<Step, String> {
        let field = self.name()?;
        if field != "resolve" {
            self.sign('=')?;
            let equals = self.text()?;
            return Ok(Step::Where { field, equals });
        }
        self.sign('(')?;
        self.sign(')')?;
        if !self.take_name("is") {
            return Err("`resolve()` must be followed by `is` and a type".to_owned());
        }
        Ok(Step::ReferenceTo(self.name()?))
    }

    fn name(&mut self) -> Result<String, String> {
        match self.words.pop_front() {
            Some(Token::Name(name)) => Ok(name),
            other => Err(format!("a name is expected, not {other:?}")),
        }
    }

    fn text(&mut self) -> Result<String, String> {
        match self.words.pop_front() {
            Some(Token::Text(text)) => Ok(text),
            other => Err(format!("a quoted text is expected, not {other:?}")),
        }
    }

    fn sign(&mut self, sign: char) -> Result<(), String> {
        match self.words.pop_front() {
            Some(Token::Sign(found)) if found == sign => Ok(()),
            other => Err(format!("`{sign}` is expected, not {other:?}")),
        }
    }

    fn take_sign(&mut self, sign: char) -> bool {
        self.take(&Token::Sign(sign))
    }

    fn take_name(&mut self, name: &str) -> bool {
        self.take(&Token::Name(name.to_owned()))
    }

    fn take(&mut self, word: &Token) -> bool {
        let is_next = self.words.front() == Some(word);
        if is_next {
            self.words.pop_front();
        }
        is_next
    }
}

fn element(name: String) -> Step {
    if CHOICES.contains(&name.as_str()) { Step::Choice(name) } else { Step::Field(name) }
}

/// `value` as a `Quantity` is the member `valueQuantity`.
fn typed(steps: &mut Vec<Step>, type_name: &str) -> Result<(), String> {
    let Some(Step::Field(name) | Step::Choice(name)) = steps.pop() else {
        return Err(format!("`{type_name}` must follow an element"));
    };
    let (initial, rest) = type_name.split_at(1);
    let field = format!("{name}{}{rest}", initial.to_ascii_uppercase());
    steps.push(Step::Field(field));
    Ok(())
}
