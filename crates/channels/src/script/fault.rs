use crate::channel::Text;
use crate::run::Trouble;

/// Why a script stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The line of the script, from 1.
    pub(crate) line: Option<u32>,
    pub(crate) what: String,
    pub(crate) remedy: String,
}

impl Fault {
    /// A script that used up one of its limits.
    pub(crate) fn limit(what: &str, remedy: &str) -> Self {
        Self { line: None, what: what.to_owned(), remedy: remedy.to_owned() }
    }

    /// What JavaScript threw, with what to try where that is known.
    pub(crate) fn thrown(message: &str, line: Option<u32>) -> Self {
        Self { line, what: message.to_owned(), remedy: remedy(message).to_owned() }
    }

    /// The same as trouble at a place of the channel.
    pub(crate) fn trouble(self, place: String, script: &Text) -> Trouble {
        let line = self.line.map(|line| script.line + line - 1);
        Trouble { place, line: line.or(Some(script.line)), what: self.what, remedy: self.remedy }
    }
}

/// What to try, from what people who come from Mirth run into.
fn remedy(message: &str) -> &'static str {
    let known = [
        ("Packages", JAVA),
        ("importPackage", JAVA),
        ("java is not", JAVA),
        ("JavaImporter", JAVA),
        ("XML is not defined", "E4X is not part of JavaScript: use msg['PID'] or msg.get('PID-5.1')"),
        ("expecting '('", "E4X loops are not part of JavaScript: write for (const obx of msg['OBX'])"),
        ("globalMap", "values live as long as the message here: use channelMap"),
        ("globalChannelMap", "values live as long as the message here: use channelMap"),
        ("is not defined", "declare variables with const or let, and look at the spelling"),
        ("is no path", "write segment, field and component, such as PID-5.1"),
        ("stack", "look for a function that calls itself without end"),
    ];
    known
        .iter()
        .find(|(part, _)| message.contains(part))
        .map_or("look at this line of the script", |(_, remedy)| *remedy)
}

const JAVA: &str = "there is no Java behind this engine: write it in JavaScript";
