use crate::hl7::finding::{Condition, Finding, Severity};
use crate::hl7::message::{Level, Part, Path};
use crate::hl7::profile::{Element, Shelf, Usage, form};

/// The values of one field, while they are checked.
pub(super) struct Values<'a> {
    pub(super) shelf: &'a Shelf,
    /// What the field is called.
    pub(super) name: &'a str,
    pub(super) findings: &'a mut Vec<Finding>,
}

impl Values<'_> {
    /// Checks a value of this type, and the parts inside it.
    pub(super) fn check(&mut self, part: &Part<'_>, kind: &str, element: &Element, path: &Path) {
        if part.is_empty() || part.is_null() {
            return;
        }
        self.length(part, element, path);
        self.code(part, element, path);
        match self.shelf.types.get(kind) {
            Some(components) if part.level() < Level::Subcomponent => {
                for (number, component) in components {
                    self.component(part, *number, component, path);
                }
            }
            Some(_) => {}
            None => {
                if let Some(form) = form::mistake(kind, &part.text()) {
                    let what = format!("is {:?}, and should be {form}", part.text());
                    self.say(part, path, Condition::DataType, &what);
                }
            }
        }
    }

    fn component(&mut self, whole: &Part<'_>, number: u16, element: &Element, path: &Path) {
        let place = |path: &Path, number| match whole.level() {
            Level::Component => {
                Path { subcomponent: Some(number), component: path.component.or(Some(1)), ..path.clone() }
            }
            _ => Path { component: Some(number), ..path.clone() },
        };
        let at = |number| match whole.level() {
            Level::Component => whole.subcomponent(number),
            _ => whole.component(number),
        };
        let usage = element.usage.settled(|other| at(other).map(|part| part.text()).unwrap_or_default());
        let path = place(path, number);
        match (at(number).filter(|part| !part.is_empty()), usage) {
            (None, Usage::Required) => {
                let what = "is required by its data type and empty; send it";
                self.say(whole, &path, Condition::RequiredFieldMissing, what);
            }
            (Some(part), Usage::NotUsed) => {
                self.say(&part, &path, Condition::Other, "should be empty here");
            }
            (Some(part), _) => self.check(&part, &element.kind, element, &path),
            (None, _) => {}
        }
    }

    fn length(&mut self, part: &Part<'_>, element: &Element, path: &Path) {
        let Some(most) = element.length_max else { return };
        let length = part.text().chars().count();
        if length > most {
            let what = format!("has {length} characters; at most {most} are agreed");
            self.say(part, path, Condition::TooLong, &what);
        }
    }

    fn code(&mut self, part: &Part<'_>, element: &Element, path: &Path) {
        let Some((number, table)) =
            element.table.as_ref().and_then(|number| Some((number, self.shelf.table(number)?)))
        else {
            return;
        };
        let code = part.text();
        if table.codes.contains_key(&code) || table.codes.is_empty() || code.is_empty() {
            return;
        }
        let known = table.codes.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        let what =
            format!("is {code:?}, which table {number} ({}) does not have; it has {known}", table.title);
        let condition = match (path.segment.as_str(), path.field) {
            ("MSH", Some(11)) => Condition::ProcessingId,
            ("MSH", Some(12)) => Condition::VersionId,
            _ => Condition::TableValue,
        };
        self.say(part, path, condition, &what);
        if let Some(last) = self.findings.last_mut().filter(|_| table.open) {
            last.severity = Severity::Warning;
        }
    }

    fn say(&mut self, part: &Part<'_>, path: &Path, condition: Condition, what: &str) {
        let text = format!("{path} ({}) {what}", self.name);
        self.findings.push(Finding::at(path.clone(), Some(part.span().start), condition, text));
    }
}
