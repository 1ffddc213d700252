use super::scope::Scope;

/// On what a row depends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Condition {
    Always,
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Valued(Field),
    OneOf(Field, Vec<String>),
    LongerThan(Field, usize),
    Count(Field, std::cmp::Ordering, usize),
    /// It is written in a way that nobody can compute; the row is not applied.
    Unknown,
}

/// A field or component that a condition asks for: `OBX-5.1`. Without a segment it is in the row's own field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) segment: Option<String>,
    pub(super) number: u16,
    pub(super) component: Option<u16>,
}

impl Condition {
    /// Reads a condition of the tables, such as `IF PV1-45 NOT VALUED AND PV1-2 IN ("E", "I")`.
    pub(super) fn read(text: &str) -> Self {
        if text.trim().is_empty() {
            return Self::Always;
        }
        let mut reader = Reader { tokens: tokens(text), at: 0 };
        match reader.any() {
            Some(condition) if reader.at == reader.tokens.len() => condition,
            _ => Self::Unknown,
        }
    }

    /// Whether it holds.
    pub(super) fn holds(&self, scope: &Scope<'_>) -> bool {
        match self {
            Self::Always => true,
            Self::And(all) => all.iter().all(|one| one.holds(scope)),
            Self::Or(any) => any.iter().any(|one| one.holds(scope)),
            Self::Not(inner) => **inner != Self::Unknown && !inner.holds(scope),
            Self::Valued(field) => !scope.text(field).is_empty(),
            Self::OneOf(field, values) => values.contains(&scope.text(field)),
            Self::LongerThan(field, length) => scope.text(field).len() > *length,
            Self::Count(field, order, number) => scope.count(field).cmp(number) == *order,
            Self::Unknown => false,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Mark(char),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => {
                let inner = &rest[1..];
                let end = inner.find(first).unwrap_or(inner.len());
                tokens.push(Token::Text(inner[..end].to_owned()));
                (end + 2).min(rest.len())
            }
            '(' | ')' | ',' | '=' | '>' => {
                tokens.push(Token::Mark(first));
                1
            }
            _ => {
                let ends = |c: char| c.is_whitespace() || "\"'(),=>".contains(c);
                let end = rest.find(ends).unwrap_or(rest.len());
                tokens.push(Token::Word(rest[..end].to_owned()));
                end
            }
        };
        rest = rest[length..].trim_start();
    }
    tokens
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

impl Reader {
    fn word(&mut self, word: &str) -> bool {
        let found =
            matches!(self.tokens.get(self.at), Some(Token::Word(other)) if other.eq_ignore_ascii_case(word));
        self.at += usize::from(found);
        found
    }

    fn words(&mut self, words: &[&str]) -> bool {
        let before = self.at;
        let found = words.iter().all(|word| self.word(word));
        if !found {
            self.at = before;
        }
        found
    }

    fn mark(&mut self, mark: char) -> bool {
        let found = self.tokens.get(self.at) == Some(&Token::Mark(mark));
        self.at += usize::from(found);
        found
    }

    fn any(&mut self) -> Option<Condition> {
        let mut conditions = vec![self.all()?];
        while self.word("OR") {
            conditions.push(self.all()?);
        }
        Some(if conditions.len() == 1 { conditions.remove(0) } else { Condition::Or(conditions) })
    }

    fn all(&mut self) -> Option<Condition> {
        let mut conditions = vec![self.one()?];
        while self.word("AND") {
            conditions.push(self.one()?);
        }
        Some(if conditions.len() == 1 { conditions.remove(0) } else { Condition::And(conditions) })
    }

    fn one(&mut self) -> Option<Condition> {
        while self.word("IF") {}
        if self.mark('(') {
            let inner = self.any()?;
            self.mark(')');
            return Some(inner);
        }
        let Some(first) = self.field() else { return self.asked(&[Field::default()], false) };
        // `MSH-3 AND MSH-24 VALUED` asks the same of both.
        let mut fields = vec![first];
        let mut either = false;
        loop {
            let before = self.at;
            let (and, or) = (self.word("AND"), false);
            let or = or || (!and && self.word("OR"));
            match (and || or).then(|| self.field()).flatten() {
                Some(next) => {
                    either |= or;
                    fields.push(next);
                }
                None => {
                    self.at = before;
                    break;
                }
            }
        }
        self.asked(&fields, either)
    }

    fn field(&mut self) -> Option<Field> {
        let Some(Token::Word(word)) = self.tokens.get(self.at) else { return None };
        let field = field_of(word)?;
        self.at += 1;
        Some(field)
    }

    /// What is asked of the fields, one question for each.
    fn asked(&mut self, fields: &[Field], either: bool) -> Option<Condition> {
        let start = self.at;
        let mut conditions = Vec::with_capacity(fields.len());
        for field in fields {
            self.at = start;
            conditions.push(self.question(field)?);
        }
        Some(match (conditions.len(), either) {
            (1, _) => conditions.remove(0),
            (_, true) => Condition::Or(conditions),
            (_, false) => Condition::And(conditions),
        })
    }

    fn question(&mut self, field: &Field) -> Option<Condition> {
        self.word("AREA");
        let _ = self.word("IS") || self.word("DOES");
        let negated = self.word("NOT");
        let condition = if self.word("VALUED") || self.word("VALUE") || self.word("EXIST") {
            Condition::Valued(field.clone())
        } else if self.word("EMPTY") {
            Condition::Not(Box::new(Condition::Valued(field.clone())))
        } else if self.words(&["LENGTH", "GREATER", "THAN"]) {
            Condition::LongerThan(field.clone(), self.number()?)
        } else if self.word("LST.COUNT") || self.word("COUNT") {
            self.count(field)?
        } else if self.word("IN") {
            Condition::OneOf(field.clone(), self.list()?)
        } else {
            let _ = self.word("EQUALS") || self.word("EQUAL") || self.mark('=');
            self.word("TO");
            Condition::OneOf(field.clone(), vec![self.text()?])
        };
        Some(if negated { Condition::Not(Box::new(condition)) } else { condition })
    }

    fn count(&mut self, field: &Field) -> Option<Condition> {
        use std::cmp::Ordering;
        if self.words(&["GREATER", "THAN"]) || self.mark('>') {
            return Some(Condition::Count(field.clone(), Ordering::Greater, self.number()?));
        }
        let _ = self.word("EQUALS") || self.mark('=');
        Some(Condition::Count(field.clone(), Ordering::Equal, self.number()?))
    }

    fn number(&mut self) -> Option<usize> {
        let Some(Token::Word(word)) = self.tokens.get(self.at) else { return None };
        let number = word.parse().ok()?;
        self.at += 1;
        Some(number)
    }

    fn text(&mut self) -> Option<String> {
        let Some(Token::Text(text)) = self.tokens.get(self.at) else { return None };
        let text = text.clone();
        self.at += 1;
        Some(text)
    }

    fn list(&mut self) -> Option<Vec<String>> {
        let mut values = Vec::new();
        if !self.mark('(') {
            return None;
        }
        while let Some(text) = self.text() {
            values.push(text);
            self.mark(',');
        }
        self.mark(')').then_some(values)
    }
}

/// A field that a table names: `PID-11.9`, `ORC.1` for `ORC-1`, `CWE.3` for a component of the row's own field.
pub(super) fn field_of(word: &str) -> Option<Field> {
    let (name, rest) = word.split_once(['-', '.'])?;
    let of_segment = name.len() == 3 && (word.as_bytes()[3] == b'-' || name == "ORC");
    let mut numbers = rest.split('.').map(str::parse::<u16>);
    let number = numbers.next()?.ok()?;
    let component = numbers.next().and_then(Result::ok);
    if !name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) || name.is_empty() {
        return None;
    }
    Some(if of_segment {
        Field { segment: Some(name.to_owned()), number, component }
    } else {
        Field { segment: None, number: 0, component: Some(number) }
    })
}
