use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::channel::{Channel, Filter, Problem, RuleTest, Step, StepAct, Tables, Text, read};
use crate::limits::Limits;
use crate::script;

/// A channel that is ready to run.
#[derive(Debug, Clone)]
pub struct Program {
    channel: Channel,
    tables: Arc<Tables>,
    /// Names the channel's text, under which a thread keeps its compiled scripts.
    pub(crate) key: [u8; 32],
}

impl Program {
    /// Reads a channel file and compiles its scripts.
    ///
    /// # Errors
    /// Every problem of the file, or of its scripts where the file itself is sound.
    pub fn compile(text: &str, limits: &Limits) -> Result<Self, Vec<Problem>> {
        let (channel, mut problems) = read(text);
        if problems.is_empty() {
            problems = script::check(&scripts(&channel), limits);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let tables = Arc::new(channel.tables.clone());
        Ok(Self { channel, tables, key: Sha256::digest(text.as_bytes()).into() })
    }

    /// The channel.
    pub fn channel(&self) -> &Channel {
        &self.channel
    }

    pub(crate) fn tables(&self) -> Arc<Tables> {
        Arc::clone(&self.tables)
    }
}

/// Every script of a channel.
fn scripts(channel: &Channel) -> Vec<&Text> {
    let source = (&channel.source.filter, &channel.source.transformer);
    let destinations = channel.destinations.iter().map(|one| (&one.filter, &one.transformer));
    let of_connectors = std::iter::once(source).chain(destinations);
    channel
        .preprocessor
        .iter()
        .chain(of_connectors.flat_map(|(filter, steps)| scripts_of(filter, steps)))
        .collect()
}

fn scripts_of<'a>(filter: &'a Filter, steps: &'a [Step]) -> impl Iterator<Item = &'a Text> {
    let of_rules = filter.rules.iter().filter_map(|rule| match &rule.test {
        RuleTest::Script(text) => Some(text),
        RuleTest::Field { .. } => None,
    });
    let of_steps = steps.iter().filter_map(|step| match &step.act {
        StepAct::Script(text) => Some(text),
        _ => None,
    });
    of_rules.chain(of_steps)
}
