//! How large a question may be. Planning cannot be interrupted, and goes as deep as the question does.

use std::ops::ControlFlow;

use datafusion::sql::sqlparser::ast::{Statement, visit_relations};
use datafusion::sql::sqlparser::dialect::PostgreSqlDialect;
use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::tokenizer::{Token, Tokenizer};
use lake::{Cause, Trouble};

/// Bytes of a question.
const SQL_BYTES_MAX: usize = 100_000;
/// Operators of a question: each may make it one deeper.
const OPERATORS_MAX: usize = 500;
/// Tables that a question names.
const TABLES_MAX: usize = 40;

/// Words that make a question deeper.
const DEEPENING: [Keyword; 13] = [
    Keyword::AND,
    Keyword::OR,
    Keyword::NOT,
    Keyword::UNION,
    Keyword::EXCEPT,
    Keyword::INTERSECT,
    Keyword::JOIN,
    Keyword::IS,
    Keyword::LIKE,
    Keyword::BETWEEN,
    Keyword::CASE,
    Keyword::COLLATE,
    Keyword::AT,
];

/// Refuses SQL that is too long, or that would become too deep when it is read.
pub(crate) fn check_text(sql: &str) -> Result<(), Trouble> {
    if sql.len() > SQL_BYTES_MAX {
        let what = format!("a question may have {SQL_BYTES_MAX} bytes, and this has {}", sql.len());
        return Err(Trouble::new(Cause::Limit, what, "shorten it; long lists are better joined"));
    }
    // What cannot be taken apart is refused where it is read, with its place.
    let tokens = Tokenizer::new(&PostgreSqlDialect {}, sql).tokenize().unwrap_or_default();
    let operators = tokens.iter().filter(|token| deepens(token)).count();
    if operators > OPERATORS_MAX {
        let what = format!("a question may have {OPERATORS_MAX} operators, and this has {operators}");
        return Err(Trouble::new(
            Cause::Limit,
            what,
            "write many alternatives as IN (...), or join a table of them",
        ));
    }
    Ok(())
}

fn deepens(token: &Token) -> bool {
    match token {
        Token::Word(word) => DEEPENING.contains(&word.keyword),
        Token::Whitespace(_)
        | Token::Comma
        | Token::Period
        | Token::LParen
        | Token::RParen
        | Token::SemiColon
        | Token::Number(..)
        | Token::SingleQuotedString(_)
        | Token::EscapedStringLiteral(_)
        | Token::DollarQuotedString(_)
        | Token::Placeholder(_)
        | Token::EOF => false,
        _ => true,
    }
}

/// Refuses a statement that names too many tables.
pub(crate) fn check_statement(statement: &Statement) -> Result<(), Trouble> {
    let mut tables = 0;
    let _ = visit_relations(statement, |_| {
        tables += 1;
        ControlFlow::<()>::Continue(())
    });
    if tables <= TABLES_MAX {
        return Ok(());
    }
    let what = format!("a question may name {TABLES_MAX} tables, and this names {tables}");
    Err(Trouble::new(Cause::Limit, what, "ask in several questions"))
}
