use super::parse::QueryError;

/// A token and where it begins, counted in characters from 0.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) at: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Word(String),
    Quoted(String),
    Sign(&'static str),
}

const SIGNS: [&str; 11] = ["!=", "<=", ">=", "=", "<", ">", "~", "|", "(", ")", ","];

/// The tokens of a query.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let characters: Vec<char> = text.chars().collect();
    let (mut at, mut tokens) = (0, Vec::new());
    while let Some(&character) = characters.get(at) {
        if character.is_whitespace() {
            at += 1;
        } else if character == '"' {
            let (content, after) = quoted(&characters, at)?;
            tokens.push(Token { kind: Kind::Quoted(content), at });
            at = after;
        } else if let Some(sign) = SIGNS.iter().find(|sign| starts(&characters[at..], sign)) {
            tokens.push(Token { kind: Kind::Sign(sign), at });
            at += sign.chars().count();
        } else {
            let end = (at..characters.len())
                .find(|index| {
                    characters[*index].is_whitespace() || "!=<>~|(),\"".contains(characters[*index])
                })
                .unwrap_or(characters.len());
            if end == at {
                return Err(QueryError::new(
                    at,
                    format!("`{character}` means nothing here"),
                    "put texts in double quotes",
                ));
            }
            tokens.push(Token { kind: Kind::Word(characters[at..end].iter().collect()), at });
            at = end;
        }
    }
    Ok(tokens)
}

fn starts(characters: &[char], sign: &str) -> bool {
    sign.chars().enumerate().all(|(index, wanted)| characters.get(index) == Some(&wanted))
}

/// The text between quotes; `\"` and `\\` stand for themselves.
fn quoted(characters: &[char], start: usize) -> Result<(String, usize), QueryError> {
    let (mut content, mut at) = (String::new(), start + 1);
    while let Some(&character) = characters.get(at) {
        match (character, characters.get(at + 1)) {
            ('"', _) => return Ok((content, at + 1)),
            ('\\', Some(&next)) if next == '"' || next == '\\' => {
                content.push(next);
                at += 1;
            }
            _ => content.push(character),
        }
        at += 1;
    }
    Err(QueryError::new(start, "this quote is never closed", "end the text with a double quote"))
}
