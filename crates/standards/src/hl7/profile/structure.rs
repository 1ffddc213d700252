use std::str::FromStr;

/// A segment, or several, in a message structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What stands here.
    pub what: What,
    /// Whether it may be absent.
    pub optional: bool,
    /// Whether it may stand several times.
    pub repeats: bool,
}

/// What a node of a structure is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// One segment of this name.
    Segment(String),
    /// These, one after the other.
    Sequence(Vec<Node>),
    /// One of these.
    Choice(Vec<Node>),
}

impl Node {
    /// Whether a segment of this name can be the first of it.
    pub(super) fn begins(&self, name: &str) -> bool {
        match &self.what {
            What::Segment(own) => own == name,
            What::Choice(nodes) => nodes.iter().any(|node| node.begins(name)),
            What::Sequence(nodes) => {
                let needed = nodes.iter().position(|node| !node.optional).map_or(nodes.len(), |at| at + 1);
                nodes[..needed].iter().any(|node| node.begins(name))
            }
        }
    }

    /// Whether a segment of this name stands anywhere in it.
    pub(super) fn holds(&self, name: &str) -> bool {
        match &self.what {
            What::Segment(own) => own == name,
            What::Choice(nodes) | What::Sequence(nodes) => nodes.iter().any(|node| node.holds(name)),
        }
    }

    /// The names that one of must stand where it begins, for people.
    pub(super) fn beginning(&self) -> String {
        match &self.what {
            What::Segment(name) => name.clone(),
            What::Choice(nodes) => nodes.iter().map(Self::beginning).collect::<Vec<_>>().join(" or "),
            What::Sequence(nodes) => {
                let first = nodes.iter().find(|node| !node.optional).or(nodes.first());
                first.map(Self::beginning).unwrap_or_default()
            }
        }
    }
}

impl FromStr for Node {
    type Err = String;

    /// Reads the notation of the standard: `MSH [{SFT}] EVN PID <OBR|RXO>`.
    fn from_str(text: &str) -> Result<Self, String> {
        let spaced: String = text
            .chars()
            .flat_map(|letter| if "[]{}<>|".contains(letter) { vec![' ', letter, ' '] } else { vec![letter] })
            .collect();
        let mut tokens = spaced.split_whitespace().peekable();
        let nodes = sequence(&mut tokens)?;
        match tokens.next() {
            None => Ok(Self { what: What::Sequence(nodes), optional: false, repeats: false }),
            Some(token) => Err(format!("`{token}` closes nothing")),
        }
    }
}

type Tokens<'t> = std::iter::Peekable<std::str::SplitWhitespace<'t>>;

fn sequence(tokens: &mut Tokens<'_>) -> Result<Vec<Node>, String> {
    let mut nodes = Vec::new();
    while let Some(token) = tokens.next_if(|token| !matches!(*token, "]" | "}" | ">" | "|")) {
        nodes.push(match token {
            "[" => Node { optional: true, ..group(sequence(tokens)?, tokens, "]")? },
            "{" => Node { repeats: true, ..group(sequence(tokens)?, tokens, "}")? },
            "<" => choice(tokens)?,
            name if name.len() == 3 => {
                Node { what: What::Segment(name.to_owned()), optional: false, repeats: false }
            }
            other => return Err(format!("`{other}` is no segment")),
        });
    }
    Ok(nodes)
}

/// What stood in brackets; a single node is not wrapped, so that `[{OBX}]` is one node.
fn group(mut nodes: Vec<Node>, tokens: &mut Tokens<'_>, close: &str) -> Result<Node, String> {
    if tokens.next() != Some(close) {
        return Err(format!("a bracket is not closed by `{close}`"));
    }
    match nodes.pop() {
        None => Err("brackets hold nothing".to_owned()),
        Some(only) if nodes.is_empty() => Ok(only),
        Some(last) => {
            nodes.push(last);
            Ok(Node { what: What::Sequence(nodes), optional: false, repeats: false })
        }
    }
}

fn choice(tokens: &mut Tokens<'_>) -> Result<Node, String> {
    let mut nodes = sequence(tokens)?;
    while tokens.next_if_eq(&"|").is_some() {
        nodes.extend(sequence(tokens)?);
    }
    match tokens.next() {
        Some(">") => Ok(Node { what: What::Choice(nodes), optional: false, repeats: false }),
        _ => Err("a choice is not closed by `>`".to_owned()),
    }
}
