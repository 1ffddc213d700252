use std::io::{self, IsTerminal, Write};

use anyhow::Context;
use serde::Serialize;

use super::table::Table;

/// Where a command says its result, and where it reads what must not stand on a command line.
pub struct Terminal<'a> {
    out: Box<dyn Write + 'a>,
    read_secret: Box<dyn FnMut() -> io::Result<String> + 'a>,
}

impl<'a> Terminal<'a> {
    /// The process's own.
    pub fn standard() -> Self {
        Self::new(io::stdout(), read_secret)
    }

    /// One made of other parts, as tests do.
    pub fn new(out: impl Write + 'a, read_secret: impl FnMut() -> io::Result<String> + 'a) -> Self {
        Self { out: Box::new(out), read_secret: Box::new(read_secret) }
    }

    /// Writes a line of the result. Whoever reads may stop before the end, as `head` does; that is no failure.
    pub(super) fn say(&mut self, line: &str) -> anyhow::Result<()> {
        match writeln!(self.out, "{line}").and_then(|()| self.out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written.context("the result could not be written"),
        }
    }

    /// Writes the result as JSON, or else as text.
    pub(super) fn show(
        &mut self,
        json: bool,
        value: &impl Serialize,
        text: impl FnOnce() -> String,
    ) -> anyhow::Result<()> {
        let text = if json { serde_json::to_string_pretty(value)? } else { text() };
        self.say(text.trim_end())
    }

    /// Writes a list as JSON, or else as a table.
    pub(super) fn list(&mut self, json: bool, value: &impl Serialize, table: &Table) -> anyhow::Result<()> {
        self.show(json, value, || table.to_string())
    }

    /// Reads one line that nobody should see: from the keyboard without echo, or from a pipe.
    pub(super) fn secret(&mut self) -> anyhow::Result<String> {
        (self.read_secret)().context("no password could be read from standard input")
    }

    /// Writes a line about what went wrong to standard error.
    pub fn complain(&self, text: &str) {
        // Nothing is left to do when even this cannot be written.
        drop(writeln!(io::stderr(), "{text}"));
    }
}

fn read_secret() -> io::Result<String> {
    if io::stdin().is_terminal() {
        return rpassword::prompt_password("Password: ");
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
