//! What stands in a note before anybody types: the headings of its kind, filled from the chart.

/// What a template may take from a chart, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateFacts {
    /// Name, age, number and place in a line.
    pub who: String,
    /// Why the patient is here.
    pub reason: Option<String>,
    /// Problems in force.
    pub problems: Vec<String>,
    /// Allergies in force.
    pub allergies: Vec<String>,
    /// Medicines in force, with their dose.
    pub medicines: Vec<String>,
    /// The newest vital signs.
    pub vitals: Vec<String>,
    /// The newest results.
    pub results: Vec<String>,
}

/// The text a note of this kind begins with, by the name of one of [`NOTE_KINDS`](super::NOTE_KINDS); empty for a kind
/// without a template.
pub fn note_template(kind: &str, facts: &TemplateFacts) -> String {
    let reason = facts.reason.as_deref().unwrap_or("not recorded");
    let sections: Vec<(&str, String)> = match kind {
        "sbar" => vec![
            ("Situation", format!("{}\n", facts.who)),
            (
                "Background",
                format!(
                    "Here for: {reason}\n{}{}",
                    list("Problems", &facts.problems),
                    list("Allergies", &facts.allergies)
                ),
            ),
            (
                "Assessment",
                format!("{}{}", list("Vital signs", &facts.vitals), list("Results", &facts.results)),
            ),
            ("Recommendation", "\n".to_owned()),
        ],
        "admission" => vec![
            ("Chief complaint", format!("{reason}\n")),
            ("History", "\n".to_owned()),
            ("Past medical history", list("Problems", &facts.problems)),
            ("Allergies", list("Allergies", &facts.allergies)),
            ("Medicines", list("In force", &facts.medicines)),
            ("Examination", list("Vital signs", &facts.vitals)),
            ("Results", list("Newest", &facts.results)),
            ("Assessment and plan", "\n".to_owned()),
        ],
        "progress" => vec![
            ("Subjective", "\n".to_owned()),
            (
                "Objective",
                format!("{}{}", list("Vital signs", &facts.vitals), list("Results", &facts.results)),
            ),
            ("Assessment", list("Problems", &facts.problems)),
            ("Plan", "\n".to_owned()),
        ],
        "discharge-summary" => vec![
            ("Reason for the stay", format!("{reason}\n")),
            ("Course", "\n".to_owned()),
            ("Diagnoses", list("Problems", &facts.problems)),
            ("Allergies", list("Allergies", &facts.allergies)),
            ("Medicines at discharge", list("In force", &facts.medicines)),
            ("Follow-up", "\n".to_owned()),
        ],
        _ => Vec::new(),
    };
    let written = sections.into_iter().map(|(title, body)| format!("{}\n{body}", title.to_uppercase()));
    written.collect::<Vec<_>>().join("\n")
}

/// A list in lines; what is not recorded is said to be so, for that is not the same as none.
fn list(name: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return format!("{name}: none recorded\n");
    }
    let lines: String = lines.iter().map(|line| format!("- {line}\n")).collect();
    format!("{name}:\n{lines}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ehr::NOTE_KINDS;

    #[test]
    fn a_template_holds_what_the_chart_says_and_says_what_it_does_not() {
        let facts = TemplateFacts {
            who: "Ruth Okafor, 47 years".to_owned(),
            reason: Some("sepsis".to_owned()),
            vitals: vec!["Heart rate 112/min".to_owned()],
            ..TemplateFacts::default()
        };
        let sbar = note_template("sbar", &facts);
        assert!(sbar.starts_with("SITUATION\nRuth Okafor, 47 years\n\nBACKGROUND\nHere for: sepsis\n"));
        assert!(
            sbar.contains("Allergies: none recorded")
                && sbar.contains("Vital signs:\n- Heart rate 112/min\n")
        );
        let written = NOTE_KINDS.map(|kind| !note_template(kind.name, &facts).is_empty());
        assert_eq!(written, [false, true, true, true, true]);
    }
}
