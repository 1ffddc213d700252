/// Something wrong with a text of rules, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub what: String,
    /// What to try.
    pub fix: String,
}

impl Problem {
    pub(super) fn new(place: (usize, usize), what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { line: place.0, column: place.1, what: what.into(), fix: fix.into() }
    }
}

/// One document of a text, with the line it begins at, from 1.
pub(super) struct Document<'a> {
    pub(super) text: &'a str,
    pub(super) line: usize,
}

/// The documents of a text, which lines of `---` part. Empty ones are left out.
pub(super) fn documents(text: &str) -> Vec<Document<'_>> {
    let (mut found, mut start, mut first, mut offset) = (Vec::new(), 0, 1, 0);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if line.trim_end() == "---" {
            found.push(Document { text: &text[start..offset], line: first });
            start = offset + line.len();
            first = number + 2;
        }
        offset += line.len();
    }
    found.push(Document { text: &text[start..], line: first });
    let says = |document: &Document<'_>| {
        document.text.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
    };
    found.retain(says);
    found
}

impl Document<'_> {
    /// Where a word first stands; the start of the document where it does not.
    pub(super) fn place_of(&self, needle: &str) -> (usize, usize) {
        let find = |(number, line): (usize, &str)| {
            line.find(needle).map(|at| (self.line + number, line[..at].chars().count() + 1))
        };
        let found = (!needle.is_empty()).then(|| self.text.lines().enumerate().find_map(find)).flatten();
        found.unwrap_or_else(|| self.start())
    }

    /// Its first line that says something.
    pub(super) fn start(&self) -> (usize, usize) {
        let blank = self.text.lines().take_while(|line| line.trim().is_empty()).count();
        (self.line + blank, 1)
    }

    /// Where a message of the parser points: a line and column it names, a condition's own column, or a word in quotes.
    pub(super) fn place_in(&self, message: &str) -> (usize, usize) {
        let numbers = |pattern: &str| {
            let captures = regex::Regex::new(pattern).ok()?.captures(message)?;
            Some((captures[1].parse::<usize>().ok()?, captures[2].parse::<usize>().ok()?))
        };
        let last = self.line + self.text.lines().count().saturating_sub(1);
        if let Some((line, column)) = numbers(r"at line (\d+) column (\d+)") {
            return ((self.line + line.saturating_sub(1)).min(last.max(self.line)), column);
        }
        if let Some((1, column)) = numbers(r"[Cc]ondition parse error at (\d+):(\d+)") {
            let (line, start) = self.place_of("condition:");
            let value = self.text.lines().nth(line - self.line).unwrap_or_default();
            let after = value.split_once("condition:").map_or("", |(_, after)| after);
            let indent = after.chars().take_while(|character| character.is_whitespace()).count();
            return (line, start + "condition:".len() + indent + column - 1);
        }
        let quoted = message.split('\'').nth(1).or_else(|| message.split('`').nth(1));
        let named =
            quoted.or_else(|| message.strip_prefix("unknown detection identifier: ")).unwrap_or_default();
        self.place_of(named)
    }
}
