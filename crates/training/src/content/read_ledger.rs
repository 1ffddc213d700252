//! Checks of kind `ledger`.

use super::fields::Fields;
use super::node::{Kind, Node};
use super::sink::Sink;
use crate::lab::{Come, Comparison, Deed, Duration, LedgerTest, Operator, Situation};

/// Most situations of one check: each is played whenever the check is judged.
const CASES_MAX: usize = 60;

/// Reads whichever of the four looks is asked for.
pub(super) fn ledger(fields: &Fields<'_>, sink: &Sink) -> Option<LedgerTest> {
    let (word, _) = fields.one_of(&["case", "absent", "contracts", "opens"])?;
    Some(match word {
        "case" => {
            let nodes = fields.list("case");
            if nodes.is_empty() || nodes.len() > CASES_MAX {
                let what = format!("{} situations are not 1 to {CASES_MAX}", nodes.len());
                sink.say(fields.place, what, "keep those that tell a right contract from a wrong one");
            }
            let cases = nodes.iter().map(|node| situation(node, sink)).collect();
            LedgerTest::Cases { deployed_by: fields.need_text("deployed_by"), cases }
        }
        "absent" => LedgerTest::Absent { words: fields.texts("absent") },
        "contracts" => {
            let none = Comparison { operator: Operator::Equal, count: 0 };
            let count = fields.parsed("contracts", "a bound such as `= 0`", Comparison::parse);
            LedgerTest::Contracts { count: count.unwrap_or(none) }
        }
        _ => LedgerTest::Opens {
            deployed_by: fields.need_text("deployed_by"),
            call: fields.need_text("opens"),
            kept: fields.texts("kept"),
            erased: fields.texts("erased"),
        },
    })
}

fn situation(node: &Node, sink: &Sink) -> Situation {
    let fields = Fields::new(node, "a situation", sink);
    let situation = Situation {
        deeds: fields.list("do").iter().map(|node| deed(node, sink)).collect(),
        place: fields.place.clone(),
    };
    if situation.deeds.is_empty() {
        sink.say(fields.place, "nothing happens in a situation", "add `do = [ … ]`");
    }
    fields.close();
    situation
}

fn deed(node: &Node, sink: &Sink) -> Deed {
    let fields = Fields::new(node, "a deed", sink);
    let deed = Deed {
        by: fields.need_text("by"),
        call: fields.need_text("call"),
        with: fields.texts("with"),
        after: fields.parsed("after", "a time such as `30 min` or `2 d`", Duration::parse),
        expect: come(&fields, sink),
    };
    fields.close();
    deed
}

/// `"done"`, `"refused"`, `"tells EVENT"`, or a list of answers; done when absent.
fn come(fields: &Fields<'_>, sink: &Sink) -> Come {
    let Some(node) = fields.node("expect") else { return Come::Done };
    let text = match &node.kind {
        Kind::List(_) => return Come::Gives(fields.texts("expect")),
        Kind::Text(text) => text.as_str(),
        _ => "",
    };
    match (text, text.strip_prefix("tells ")) {
        ("done", _) => Come::Done,
        ("refused", _) => Come::Refused,
        (_, Some(event)) => Come::Tells(event.trim().to_owned()),
        _ => {
            let what = "`expect` is not what can come of a deed";
            sink.say(&node.place, what, "write done, refused, \"tells EVENT\" or a list of answers");
            Come::Done
        }
    }
}
