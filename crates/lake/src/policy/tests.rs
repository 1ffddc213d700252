use std::path::PathBuf;

use super::{Detail, Policy, Refused, Sight};
use crate::column::{Column, Kind, Table};

const POLICY: &str = r#"
[[purpose]]
code = "TREAT"
title = "Treatment"

[[purpose]]
code = "HQUALIMP"
title = "Quality"

[[rule]]
roles = ["nurse"]
purposes = ["TREAT"]
because = "They care."
tables = ["*"]
restricted = "with-reason"

[[rule]]
roles = ["analyst"]
purposes = ["HQUALIMP"]
because = "They count."
tables = ["patients", "stays"]
smallest_group = 11

[rule.columns]
"patients.id" = "pseudonym"
"*.patient_id" = "pseudonym"
"patients.zip" = "zip3"
"patients.birth_date" = "birth-year"
"patients.name" = "hidden"
"stays.began" = "shifted"

[rule.rows]
stays = "class = 'IMP'"
"#;

fn tables() -> Vec<Table> {
    let table = |name: &str, person: &str, columns: &[(&str, Kind)]| Table {
        name: name.to_owned(),
        columns: columns
            .iter()
            .map(|(name, kind)| Column { name: (*name).to_owned(), kind: *kind, about: None })
            .collect(),
        person: Some(person.to_owned()),
        files: Vec::<PathBuf>::new(),
    };
    let text = Kind::Text;
    vec![
        table("patients", "id", &[("id", text), ("name", text), ("zip", text), ("birth_date", Kind::Date)]),
        table("stays", "patient_id", &[("patient_id", text), ("class", text), ("began", Kind::Instant)]),
        table("notes", "patient_id", &[("patient_id", text)]),
    ]
}

#[track_caller]
fn check(change: impl FnOnce(String) -> String, expected: &[&str]) {
    let policy = Policy::read(&change(POLICY.to_owned())).unwrap();
    let problems: Vec<String> =
        policy.problems(&tables(), &["nurse", "analyst"]).iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for (problem, part) in problems.iter().zip(expected) {
        assert!(problem.contains(part), "{problem} does not say {part}");
    }
}

#[test]
fn a_sound_policy_has_no_problems() {
    check(|text| text, &[]);
}

#[test]
fn what_contradicts_or_names_nothing_is_told_with_its_rule() {
    check(|text| text.replace("[\"analyst\"]", "[\"analist\"]"), &["rule 2: there is no role 'analist'"]);
    check(
        |text| text.replace("purposes = [\"TREAT\"]", "purposes = [\"FUN\"]"),
        &["rule 1: there is no purpose 'FUN'"],
    );
    check(
        |text| {
            text.replace(
                "roles = [\"analyst\"]\npurposes = [\"HQUALIMP\"]",
                "roles = [\"nurse\"]\npurposes = [\"TREAT\"]",
            )
        },
        &["rule 2: an earlier rule says already what nurse may see for TREAT"],
    );
    check(|text| text.replace("\"stays\"]", "\"rooms\"]"), &["there is no table 'rooms'"]);
    check(
        |text| text.replace("\"patients.zip\"", "\"patients.zap\""),
        &["no table has a column 'patients.zap'"],
    );
    check(
        |text| text.replace("\"patients.zip\" = \"zip3\"", "\"patients.zip\" = \"year\""),
        &["cannot be seen so"],
    );
    check(|text| text.replace("smallest_group = 11", "smallest_group = 1"), &["hides nobody"]);
    check(
        |text| text.replace("\"*.patient_id\" = \"pseudonym\"", ""),
        &["groups of 'stays' are counted by people"],
    );
}

#[test]
fn what_cannot_be_read_is_told_with_its_line() {
    let problem =
        Policy::read("[[purpose]]\ncode = \"A\"\ntitle = \"B\"\n[[rule]]\nrole = []\n").unwrap_err();
    assert_eq!(problem.at, "line 5");
    let problem = Policy::read(&POLICY.replace("\"zip3\"", "\"zap\"")).unwrap_err();
    assert!(problem.what.contains("unknown variant"), "{problem}");
}

#[test]
fn a_grant_has_what_the_rule_names_and_nothing_else() {
    let policy = Policy::read(POLICY).unwrap();
    let grant = policy.rule("analyst", "HQUALIMP").unwrap().grant(&tables(), 2026, [0; 32]);
    assert_eq!(grant.detail, Detail::Groups { smallest: 11 });
    assert_eq!(grant.tables.keys().collect::<Vec<_>>(), ["patients", "stays"]);
    let patients = &grant.tables["patients"].columns;
    assert!(!patients.contains_key("name"));
    assert_eq!(patients["id"], Sight::Pseudonym);
    let Sight::Instead(year) = &patients["birth_date"] else { panic!("{patients:?}") };
    assert!(year.contains("DATE '1936-01-01'"), "{year}");
    assert_eq!(grant.tables["stays"].rows.as_deref(), Some("class = 'IMP'"));
    assert_eq!(grant.tables["stays"].columns["began"], Sight::Shifted);
}

#[test]
fn a_refusal_names_what_may_be_asked() {
    let policy = Policy::read(POLICY).unwrap();
    let refused = policy.rule("nurse", "HQUALIMP").unwrap_err();
    assert!(refused.to_string().ends_with("it may ask for TREAT"), "{refused}");
    assert!(matches!(policy.rule("nurse", "FUN"), Err(Refused::NoPurpose { .. })));
    assert!(policy.rule("porter", "TREAT").unwrap_err().to_string().contains("it may ask for none"));
    let rule = policy.rule("nurse", "TREAT").unwrap();
    assert!(!rule.shows_restricted(false) && rule.shows_restricted(true));
}
