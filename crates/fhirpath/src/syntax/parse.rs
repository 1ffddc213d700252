use std::collections::BTreeSet;

use super::lex::words;
use super::tree::{Binary, Expr, Kind, Parsed, TypeName};
use super::word::{Placed, Word};
use crate::problem::Problem;
use crate::run::Function;
use crate::value::{Decimal, Plain, Quantity, is_calendar_word};

/// Longer ones are mistakes: the longest invariant of R4 has about 1,100 characters.
const BYTES_MAX: usize = 8_192;

/// How deep expressions may stand in one another: chosen so that a thread with 2 MB of stack is enough.
const DEPTH_MAX: usize = 128;

/// How many operators of one precedence may follow one another without brackets.
const CHAIN_MAX: usize = 500;

/// Reads an expression.
pub(crate) fn parse(text: &str) -> Result<Parsed, Problem> {
    if text.len() > BYTES_MAX {
        return Err(Problem::limit(0, format!("{BYTES_MAX} characters")));
    }
    let mut parser =
        Parser { words: words(text)?, next: 0, depth: 0, used: BTreeSet::new(), defined: BTreeSet::new() };
    let root = parser.expression(0)?;
    if *parser.word() != Word::End {
        return Err(parser.unexpected("the end of the expression or an operator"));
    }
    let Parser { used, defined, .. } = parser;
    let variables = used.into_iter().filter(|(name, _)| !defined.contains(name)).collect();
    Ok(Parsed { root, variables })
}

struct Parser {
    words: Vec<Placed>,
    next: usize,
    depth: usize,
    used: BTreeSet<(String, usize)>,
    /// Names given by `defineVariable('name')`.
    defined: BTreeSet<String>,
}

/// An operator between two expressions, or one of the two with a type behind.
enum Operator {
    Binary(Binary),
    Is,
    As,
}

impl Parser {
    fn word(&self) -> &Word {
        self.words.get(self.next).map_or(&Word::End, |placed| &placed.word)
    }

    fn at(&self) -> usize {
        self.words.get(self.next).or(self.words.last()).map_or(0, |placed| placed.at)
    }

    fn advance(&mut self) {
        self.next += 1;
    }

    fn takes(&mut self, sign: &'static str) -> bool {
        let here = *self.word() == Word::Sign(sign);
        if here {
            self.advance();
        }
        here
    }

    fn expect(&mut self, sign: &'static str) -> Result<(), Problem> {
        if self.takes(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    fn unexpected(&self, wanted: &str) -> Problem {
        let found = match self.word() {
            Word::End => "the end".to_owned(),
            Word::Name(name) | Word::Delimited(name) => format!("`{name}`"),
            Word::Sign(sign) => format!("`{sign}`"),
            Word::Number(number) | Word::Long(number) => format!("the number {number}"),
            Word::Text(text) => format!("the text '{text}'"),
            Word::Moment(moment) => format!("@{moment}"),
            Word::Dollar(name) => format!("${name}"),
            Word::Variable(name) => format!("%{name}"),
        };
        Problem::syntax(self.at(), format!("found {found} where {wanted} was expected"))
    }

    /// An expression of operators that bind at least as tightly as `least`.
    fn expression(&mut self, least: u8) -> Result<Expr, Problem> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(Problem::limit(self.at(), format!("{DEPTH_MAX} nested brackets")));
        }
        let mut left = self.unary()?;
        let mut chain = 0;
        while let Some((operator, binds)) = self.operator() {
            if binds < least {
                break;
            }
            chain += 1;
            if chain > CHAIN_MAX {
                return Err(Problem::limit(self.at(), format!("{CHAIN_MAX} operators in a row")));
            }
            let at = self.at();
            self.advance();
            let boxed = Box::new(left);
            let kind = match operator {
                Operator::Binary(binary) => {
                    Kind::Binary(binary, boxed, Box::new(self.expression(binds + 1)?))
                }
                Operator::Is => Kind::Is(boxed, self.type_name()?),
                Operator::As => Kind::As(boxed, self.type_name()?),
            };
            left = Expr { at, kind };
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operator(&self) -> Option<(Operator, u8)> {
        let text = match self.word() {
            Word::Name(name) => name.as_str(),
            Word::Sign(sign) => sign,
            _ => return None,
        };
        let (binary, binds) = match text {
            "*" => (Binary::Times, 10),
            "/" => (Binary::Divide, 10),
            "div" => (Binary::Div, 10),
            "mod" => (Binary::Mod, 10),
            "+" => (Binary::Plus, 9),
            "-" => (Binary::Minus, 9),
            "&" => (Binary::Concatenate, 9),
            "is" => return Some((Operator::Is, 8)),
            "as" => return Some((Operator::As, 8)),
            "|" => (Binary::Union, 7),
            "<" => (Binary::Less, 6),
            "<=" => (Binary::LessOrEqual, 6),
            ">" => (Binary::Greater, 6),
            ">=" => (Binary::GreaterOrEqual, 6),
            "=" => (Binary::Equal, 5),
            "!=" => (Binary::NotEqual, 5),
            "~" => (Binary::Equivalent, 5),
            "!~" => (Binary::NotEquivalent, 5),
            "in" => (Binary::In, 4),
            "contains" => (Binary::Contains, 4),
            "and" => (Binary::And, 3),
            "or" => (Binary::Or, 2),
            "xor" => (Binary::Xor, 2),
            "implies" => (Binary::Implies, 1),
            _ => return None,
        };
        Some((Operator::Binary(binary), binds))
    }

    /// A sign binds what stands to its right, up to the next operator.
    fn unary(&mut self) -> Result<Expr, Problem> {
        let at = self.at();
        let negative = match self.word() {
            Word::Sign("-") => true,
            Word::Sign("+") => false,
            _ => return self.path(),
        };
        self.advance();
        let operand = Box::new(self.expression(11)?);
        let kind = if negative { Kind::Negative(operand) } else { Kind::Positive(operand) };
        Ok(Expr { at, kind })
    }

    fn path(&mut self) -> Result<Expr, Problem> {
        let first = self.term()?;
        let mut steps = Vec::new();
        loop {
            let at = self.at();
            if self.takes(".") {
                steps.push(self.invocation()?);
            } else if self.takes("[") {
                let index = self.expression(0)?;
                self.expect("]")?;
                steps.push(Expr { at, kind: Kind::At(Box::new(index)) });
            } else {
                break;
            }
        }
        if steps.is_empty() {
            return Ok(first);
        }
        Ok(Expr { at: first.at, kind: Kind::Path(Box::new(first), steps) })
    }

    fn term(&mut self) -> Result<Expr, Problem> {
        let at = self.at();
        let kind = match self.word().clone() {
            Word::Text(text) => self.taken(Kind::Literal(Plain::Text(text))),
            Word::Moment(moment) => self.taken(Kind::Literal(Plain::Moment(moment))),
            Word::Long(digits) => {
                let long = digits.parse().map_err(|_| Problem::syntax(at, "this number is too large"))?;
                self.taken(Kind::Literal(Plain::Integer(long)))
            }
            Word::Number(digits) => {
                self.advance();
                self.number(&digits, at)?
            }
            Word::Variable(name) => {
                self.used.insert((name.clone(), at));
                self.taken(Kind::Variable(name))
            }
            Word::Name(name) if name == "true" => self.taken(Kind::Literal(Plain::Boolean(true))),
            Word::Name(name) if name == "false" => self.taken(Kind::Literal(Plain::Boolean(false))),
            Word::Sign("(") => {
                self.advance();
                let inner = self.expression(0)?;
                self.expect(")")?;
                return Ok(inner);
            }
            Word::Sign("{") => {
                self.advance();
                self.expect("}")?;
                Kind::Empty
            }
            _ => return self.invocation(),
        };
        Ok(Expr { at, kind })
    }

    fn taken(&mut self, kind: Kind) -> Kind {
        self.advance();
        kind
    }

    /// A number, and with a unit behind it a quantity.
    fn number(&mut self, digits: &str, at: usize) -> Result<Kind, Problem> {
        let too_large = |_| Problem::syntax(at, "this number has more digits than can be kept exactly");
        let unit = match self.word() {
            Word::Text(unit) => Some((unit.clone(), false)),
            Word::Name(word) if is_calendar_word(word) => Some((word.clone(), true)),
            _ => None,
        };
        if let Some((unit, calendar)) = unit {
            self.advance();
            let value: Decimal = digits.parse().map_err(too_large)?;
            return Ok(Kind::Literal(Plain::Quantity(Quantity { value, unit, calendar })));
        }
        if !digits.contains('.')
            && let Ok(integer) = digits.parse()
        {
            return Ok(Kind::Literal(Plain::Integer(integer)));
        }
        digits.parse().map(|decimal| Kind::Literal(Plain::Decimal(decimal))).map_err(too_large)
    }

    fn invocation(&mut self) -> Result<Expr, Problem> {
        let at = self.at();
        let kind = match self.word().clone() {
            Word::Dollar(name) => {
                self.advance();
                match name.as_str() {
                    "this" => Kind::This,
                    "index" => Kind::Index,
                    "total" => Kind::Total,
                    _ => return Err(Problem::syntax(at, "after $ stands this, index or total")),
                }
            }
            Word::Name(name) | Word::Delimited(name) => {
                self.advance();
                if self.takes("(") { self.call(&name, at)? } else { Kind::Member(name) }
            }
            _ => return Err(self.unexpected("a name, a value or a bracket")),
        };
        Ok(Expr { at, kind })
    }

    fn call(&mut self, name: &str, at: usize) -> Result<Kind, Problem> {
        let unknown = || Problem::meaning(at, format!("there is no function {name}()"));
        let function = Function::named(name);
        let takes_type = matches!(name, "is" | "as" | "ofType" | "getReferenceKey")
            && !matches!(self.word(), Word::Text(_));
        let mut given = Vec::new();
        if !self.takes(")") {
            loop {
                given.push(if takes_type { self.type_parameter()? } else { self.parameter(name)? });
                if self.takes(")") {
                    break;
                }
                self.expect(",")?;
            }
        }
        let function = function.ok_or_else(unknown)?;
        if name == "defineVariable"
            && let Some(Expr { kind: Kind::Literal(Plain::Text(variable)), .. }) = given.first()
        {
            self.defined.insert(variable.clone());
        }
        if given.len() < function.least || given.len() > function.most {
            return Err(Problem::meaning(at, function.arity()));
        }
        Ok(Kind::Call(function, given))
    }

    fn parameter(&mut self, function: &str) -> Result<Expr, Problem> {
        let by = self.expression(0)?;
        let at = by.at;
        let descending = match self.word() {
            Word::Name(order) if function == "sort" && order == "desc" => true,
            Word::Name(order) if function == "sort" && order == "asc" => false,
            _ => return Ok(by),
        };
        self.advance();
        Ok(Expr { at, kind: Kind::Sorted { by: Box::new(by), descending } })
    }

    fn type_parameter(&mut self) -> Result<Expr, Problem> {
        let at = self.at();
        Ok(Expr { at, kind: Kind::Type(self.type_name()?) })
    }

    fn type_name(&mut self) -> Result<TypeName, Problem> {
        let first = self.name()?;
        if matches!(first.as_str(), "System" | "FHIR") && self.takes(".") {
            return Ok(TypeName { namespace: Some(first), name: self.name()? });
        }
        Ok(TypeName { namespace: None, name: first })
    }

    fn name(&mut self) -> Result<String, Problem> {
        let (Word::Name(name) | Word::Delimited(name)) = self.word().clone() else {
            return Err(self.unexpected("the name of a type"));
        };
        self.advance();
        Ok(name)
    }
}
