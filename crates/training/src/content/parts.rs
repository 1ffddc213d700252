//! Steps with checks, and scripts, for content that is no lab.

use super::fields::Fields;
use super::load::SourceFile;
use super::node;
use super::sink::Sink;
use super::tree::{LabFiles, text};
use super::{read_check, read_script};
use crate::lab::Step;
use crate::problem::Checked;
use crate::script::Script;

/// Reads a file of `[[step]]` tables, each with its checks as a lab has them.
#[must_use]
pub fn steps(file: &SourceFile) -> Checked<Vec<Step>> {
    let sink = Sink::default();
    let mut value = Vec::new();
    if let Some(file) = text(file, &sink) {
        let root = node::parse(file.path, file.text, 1, &sink);
        let fields = Fields::new(&root, "a file of steps", &sink);
        value = fields.list("step").iter().map(|node| read_check::step(node, &sink)).collect();
        fields.close();
    }
    Checked { value, problems: sink.into_sorted() }
}

/// Reads a script as a lab's solution is written. It has no fixtures.
#[must_use]
pub fn script(file: &SourceFile) -> Checked<Option<Script>> {
    let sink = Sink::default();
    let value = text(file, &sink).map(|file| read_script::script(&file, &LabFiles::default(), &sink));
    Checked { value, problems: sink.into_sorted() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_and_scripts_are_read_without_a_lab() {
        let file = |path: &str, text: &str| SourceFile::new(path, text.as_bytes());
        let good = steps(&file(
            "projects/one/checks.toml",
            "[[step]]\nid = \"a\"\ntitle = \"A\"\n[[step.check]]\nkind = \"fhir\"\nid = \"b\"\ntitle = \"B\"\nsearch = \"Patient\"\nexpect = \"true\"\nhint = [\"Look.\"]\n",
        ));
        assert!(good.problems.is_empty(), "{:?}", good.problems);
        assert_eq!(good.value[0].checks[0].id, "b");
        let bad =
            steps(&file("projects/one/checks.toml", "strange = 1\n[[step]]\nid = \"a\"\ntitle = \"A\"\n"));
        assert_eq!(bad.problems.len(), 2, "{:?}", bad.problems);
        let deed = script(&file("projects/one/deeds/x.toml", "title = \"X\"\n[[do]]\nadvance = \"1 min\"\n"));
        assert!(deed.problems.is_empty(), "{:?}", deed.problems);
        assert_eq!(deed.value.unwrap().id, "x");
    }
}
