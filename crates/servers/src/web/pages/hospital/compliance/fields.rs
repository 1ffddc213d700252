use std::sync::OnceLock;

use platform::compliance::{PaperKind, clauses, questions, topics};

/// What one part of a form takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line.
    Line,
    /// Several lines.
    Block,
    /// A day; left out where nothing is given.
    Day,
    /// A number.
    Number,
    /// Numbers of journal entries, parted by commas or spaces.
    Entries,
    /// References, parted by commas or spaces.
    References,
    /// Yes or no.
    YesNo,
    /// One of some words.
    OneOf(&'static [(&'static str, &'static str)]),
}

/// One part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Where it stands in the form: names parted by dots.
    pub(super) at: String,
    /// What it is called.
    pub(super) label: String,
    /// What it takes.
    pub(super) kind: Kind,
    /// A sentence that helps.
    pub(super) hint: String,
    /// Whether it may be left empty, and is then left out.
    pub(super) optional: bool,
}

/// What a paper is called, and what it is for.
pub(super) fn words(kind: PaperKind) -> (&'static str, &'static str) {
    match kind {
        PaperKind::BreachAssessment => (
            "Breach assessment",
            "Whether an incident is a breach that has to be told (164.402). It is, unless an exception holds in full, the information was secured, or four documented factors show a low probability of compromise.",
        ),
        PaperKind::Letter => (
            "Letter to a person",
            "What a person is told, in plain language: five elements (164.404(c)), and nothing about anybody else.",
        ),
        PaperKind::SecretaryNotice => (
            "Notice to the Secretary",
            "500 people or more: together with the letters. Fewer: in the log, within 60 days after the year in which it was discovered (164.408).",
        ),
        PaperKind::MediaNotice => (
            "Notice to the media",
            "Where more than 500 residents of one state are concerned (164.406). It says what a letter says.",
        ),
        PaperKind::RiskAnalysis => (
            "Risk analysis",
            "Statements about this hospital (164.308(a)(1)(ii)(A)). Each answer is held against the hospital as it runs.",
        ),
        PaperKind::Policy => (
            "Policy",
            "What holds here, who does what, and how anybody sees that it was kept (164.316, 164.530(i)). One that is in force is held against the hospital as it runs.",
        ),
        PaperKind::Sanction => (
            "Sanction",
            "What follows for somebody who did not keep the rules, and what it rests on (164.530(e), 164.308(a)(1)(ii)(C)).",
        ),
        PaperKind::AssociateAgreement => (
            "Agreement with a business associate",
            "What the contract says, clause by clause (164.504(e), 164.314(a)).",
        ),
    }
}

fn part(at: impl Into<String>, label: impl Into<String>, kind: Kind, hint: impl Into<String>) -> Part {
    Part { at: at.into(), label: label.into(), kind, hint: hint.into(), optional: false }
}

fn optional(part: Part) -> Part {
    Part { optional: true, ..part }
}

/// The parts of a form, in their order.
pub(super) fn parts_of(kind: PaperKind) -> Vec<Part> {
    match kind {
        PaperKind::BreachAssessment => assessment(),
        PaperKind::Letter => {
            let mut parts = vec![
                part("assessment", "Assessment", Kind::Line, "Its number, such as paper-1."),
                part("patient", "To", Kind::Line, "As Patient/ID."),
            ];
            parts.extend(notice());
            parts
        }
        PaperKind::MediaNotice => {
            let mut parts = vec![
                part("assessment", "Assessment", Kind::Line, "Its number, such as paper-1."),
                part("state", "State", Kind::Line, "Two letters, as addresses have it."),
            ];
            parts.extend(notice());
            parts
        }
        PaperKind::SecretaryNotice => vec![
            part("assessment", "Assessment", Kind::Line, "Its number, such as paper-1."),
            part(
                "route",
                "How",
                Kind::OneOf(&[("log", "With the log of the year"), ("at-once", "Together with the letters")]),
                "",
            ),
            part("individuals", "How many people", Kind::Number, "Different people, not charts."),
            part("due_on", "Last day for sending it", Kind::Day, ""),
        ],
        PaperKind::RiskAnalysis => {
            let both = |one: &platform::compliance::Question| {
                let said = Kind::OneOf(&[("yes", "Yes"), ("no", "No")]);
                [
                    part(
                        format!("answers.{}.answer", one.id),
                        one.says.clone(),
                        said,
                        format!("{} {}", one.section, one.look),
                    ),
                    optional(part(
                        format!("answers.{}.note", one.id),
                        "How you know; of a risk, what is planned",
                        Kind::Block,
                        "",
                    )),
                ]
            };
            questions().questions.iter().flat_map(both).collect()
        }
        PaperKind::Policy => policy(),
        PaperKind::Sanction => vec![
            part("person", "Who", Kind::Line, "The login."),
            part("case", "Case", Kind::Line, "Its number, such as case-1."),
            part(
                "level",
                "What follows",
                Kind::OneOf(&[
                    ("retraining", "Training again"),
                    ("warning", "A written warning"),
                    ("suspension", "No access for a time"),
                    ("termination", "The end of the employment"),
                ]),
                "",
            ),
            part("why", "Why", Kind::Block, "Which policy was not followed, and why this answer fits."),
            part("evidence", "Evidence", Kind::Entries, "Numbers of entries pinned to the case."),
        ],
        PaperKind::AssociateAgreement => {
            let mut parts = vec![
                part(
                    "associate",
                    "Business associate",
                    Kind::Line,
                    "As its program is called among the apps.",
                ),
                part("service", "What it does for the hospital", Kind::Block, ""),
                part(
                    "breach_days",
                    "Days in which it reports a breach",
                    Kind::Number,
                    "Calendar days after discovery.",
                ),
                part("signed_on", "Signed on", Kind::Day, ""),
            ];
            parts.extend(clauses().clauses.iter().map(|clause| {
                optional(part(
                    format!("clauses.{}", clause.id),
                    clause.id.clone(),
                    Kind::Block,
                    format!("{}: {}.", clause.section, clause.asks),
                ))
            }));
            parts
        }
    }
}

fn assessment() -> Vec<Part> {
    const PROTECTION: Kind = Kind::OneOf(&[
        ("none", "Readable"),
        ("encrypted", "Encrypted, and the key is safe"),
        ("encrypted-key-taken", "Encrypted, and the key can be had as well"),
        ("destroyed", "Destroyed before anybody could have it"),
    ]);
    const EXCEPTION: Kind = Kind::OneOf(&[
        ("", "None"),
        ("unintentional", "Unintentional, by one of the workforce"),
        ("inadvertent", "By mistake between two who are authorized"),
        ("not-retained", "Whoever received it could not retain it"),
    ]);
    let mut parts = vec![
        part("title", "Incident", Kind::Line, ""),
        part("case", "Case", Kind::Line, "Its number, such as case-1: evidence is cited from there."),
        optional(part("happened_on", "It happened on", Kind::Day, "If that is known.")),
        part("known_on", "Somebody here knew on", Kind::Day, "Anybody of the workforce, except who did it."),
        optional(part(
            "could_have_known_on",
            "Diligence would have shown it on",
            Kind::Day,
            "If that was earlier.",
        )),
        optional(part("agent_knew_on", "An agent knew on", Kind::Day, "If that was earlier.")),
        part("involves_phi", "Protected health information is involved", Kind::YesNo, ""),
        part("permitted", "The Privacy Rule permitted it", Kind::YesNo, ""),
        part("protection", "How it was protected", PROTECTION, ""),
        part("exception.kind", "Exception that is claimed", EXCEPTION, "Each holds only in full."),
        part("exception.good_faith", "In good faith", Kind::YesNo, "For the first exception."),
        part("exception.within_authority", "Within the scope of authority", Kind::YesNo, "For the first."),
        part("exception.both_authorized", "Both are authorized there", Kind::YesNo, "For the second."),
        part(
            "exception.used_further",
            "It went further, in a way not permitted",
            Kind::YesNo,
            "For the first and the second.",
        ),
        part("exception.good_faith_belief", "It is believed in good faith", Kind::YesNo, "For the third."),
    ];
    for (name, label) in [
        ("nature", "Nature and extent of the information"),
        ("recipient", "Who used it or received it"),
        ("acquired", "Whether it was acquired or viewed"),
        ("mitigation", "How far the risk is mitigated"),
    ] {
        let low =
            Kind::OneOf(&[("", "Not weighed"), ("yes", "Speaks for a low probability"), ("no", "Does not")]);
        parts.push(part(format!("factors.{name}.low"), label, low, ""));
        parts.push(optional(part(format!("factors.{name}.why"), format!("{label}: why"), Kind::Block, "")));
        parts.push(optional(part(
            format!("factors.{name}.evidence"),
            format!("{label}: entries"),
            Kind::Entries,
            "Pinned to the case.",
        )));
    }
    parts.push(part("people", "People concerned", Kind::References, "As Patient/ID, parted by commas."));
    let conclusion = Kind::OneOf(&[("breach", "It is a breach"), ("no-breach", "It is none")]);
    parts.push(part("conclusion", "Conclusion", conclusion, ""));
    parts
}

fn policy() -> Vec<Part> {
    static TOPICS: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    let all = || topics().topics.iter().map(|topic| (topic.id.as_str(), topic.title.as_str())).collect();
    vec![
        part("topic", "About", Kind::OneOf(TOPICS.get_or_init(all)), ""),
        part("rule", "What holds", Kind::Block, "For whom, and when."),
        part("procedure", "Procedure", Kind::Block, "Who does what, and when."),
        part(
            "evidence",
            "How it is seen",
            Kind::Block,
            "By what anybody can see afterwards that it was kept.",
        ),
        part("role", "Who carries it out", Kind::Line, "A role of this hospital, such as nurse."),
        part("in_force_on", "In force from", Kind::Day, "From that day on the hospital is held against it."),
        part(
            "review_on",
            "Looked at again by",
            Kind::Day,
            "The rule says periodically; a year is what many choose.",
        ),
        part(
            "keep_until",
            "Kept until",
            Kind::Day,
            format!("{} years after it was last in force.", topics().keep_years),
        ),
    ]
}

fn notice() -> Vec<Part> {
    vec![
        part("what_happened", "What happened", Kind::Block, ""),
        optional(part("happened_on", "It happened on", Kind::Day, "")),
        optional(part("discovered_on", "It was discovered on", Kind::Day, "")),
        part(
            "information",
            "The information involved",
            Kind::Block,
            "Kinds of information, not the information.",
        ),
        part("steps", "What you can do", Kind::Block, ""),
        part("doing", "What we are doing", Kind::Block, ""),
        part(
            "contact",
            "How to reach us",
            Kind::Block,
            "A toll-free number, with an e-mail, web or postal address.",
        ),
    ]
}
