//! The language of pathways, and the pathways that ship.

use std::sync::{Arc, OnceLock};

use super::{Library, read};

/// The pathways of this checkout, read once.
pub(crate) fn library() -> Arc<Library> {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    Arc::clone(LIBRARY.get_or_init(|| {
        let files = files();
        let checked = read(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let told: Vec<String> = checked.problems.iter().map(ToString::to_string).collect();
        assert!(told.is_empty(), "\n{}", told.join("\n"));
        Arc::new(checked.value)
    }))
}

fn files() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/pathways");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap())).collect()
}

/// The problems of one file.
fn problems(text: &str) -> Vec<String> {
    let checked = read([("pathways/own.toml", text)]);
    assert_eq!(checked.problems.is_empty(), checked.value.titles().count() == 1, "{:?}", checked.problems);
    checked.problems.iter().map(|problem| problem.to_string().replace("pathways/own.toml:", "")).collect()
}

const HEAD: &str = "title = \"Own\"\nsources = [\"ours\"]\nentry = { kind = \"always\" }\n";

#[test]
fn every_shipped_pathway_is_well_formed() {
    assert!(library().titles().count() >= 25);
}

#[test]
fn every_unit_has_patients_to_come() {
    for (unit, age) in [
        ("4W", 70),
        ("4E", 30),
        ("5W", 40),
        ("5E", 80),
        ("SDU", 60),
        ("ICU", 50),
        ("PP", 30),
        ("PED", 9),
        ("PSY", 25),
    ] {
        let unit = crate::population::Unit::labelled(unit).unwrap();
        let library = library();
        let takes = library
            .pathways()
            .iter()
            .filter(|one| one.live.is_some() && one.admission_to(unit, age).is_some());
        assert!(takes.count() > 0, "nobody of {age} would come to {}", unit.name());
    }
}

#[test]
fn all_mistakes_are_told_with_line_and_advice() {
    let cases: &[(&str, &[&str])] = &[
        ("state = [{ do = \"wait\" }]", &[]),
        ("state = [{ do = \"wat\" }]", &["4: `do` cannot be \"wat\"; did you mean `wait`?"]),
        (
            "state = [{ do = \"wait\", afer = \"1 day\" }]",
            &["4: `afer` is not known here; did you mean `after`?"],
        ),
        (
            "state = [{ do = \"wait\", after = \"soon\" }]",
            &[
                "4: `after` is no length of time: \"soon\"; write one such as \"20 minutes\", \"3 to 7 months\" or \"about 5 days, 2 to 16\"",
            ],
        ),
        (
            "state = [{ do = \"problem\", code = \"I50.9 Asthma\" }]",
            &["4: I50.9 is not \"asthma\"; its name is \"Heart failure, unspecified\""],
        ),
        (
            "state = [{ do = \"wait\", next = \"clinc\" },\n{ id = \"clinic\", do = \"end\" }]",
            &["4: there is no state `clinc`; did you mean `clinic`?"],
        ),
        (
            "state = [{ id = \"a\", do = \"wait\", next = \"a\" }]",
            &[
                "4: from here the walk may come back here without time passing; give one of the states on the way an `after`, such as `after = \"3 to 7 months\"`",
            ],
        ),
        (
            "state = [{ do = \"wait\", next = \"c\" },\n{ do = \"wait\" },\n{ id = \"c\", do = \"end\" }]",
            &["5: no way leads to this state; name it in a `next`, `else`, `to` or arm, or take it out"],
        ),
        (
            "state = [{ do = \"wait\", chance = 2 },\n{ do = \"lab\", test = \"0000-0\" }]",
            &[
                "4: `chance` is 2; write a number from 0 to 1",
                "5: \"0000-0\" is no code that the hospital uses here; use a code of `crates/hospital/src/codes.rs`, or add it there from its source",
            ],
        ),
    ];
    for (state, expected) in cases {
        assert_eq!(problems(&format!("{HEAD}{state}")), *expected, "{state}");
    }
    let nothing = problems("");
    assert!(nothing.len() >= 4, "{nothing:#?}");
    assert!(problems("title = ")[0].starts_with("1: this is not TOML"));
}

#[test]
fn lengths_of_time_are_read() {
    use super::Law;
    use crate::calendar::{DAY_US, HOUR_US, MINUTE_US};
    for (text, law) in [
        ("20 minutes", Some(Law::Exactly(20 * MINUTE_US))),
        ("1 day", Some(Law::Exactly(DAY_US))),
        ("2 to 4 hours", Some(Law::Between(2 * HOUR_US, 4 * HOUR_US))),
        ("30 minutes to 2 hours", Some(Law::Between(30 * MINUTE_US, 2 * HOUR_US))),
        ("about 5 days, 2 to 16", Some(Law::About(5 * DAY_US, 2 * DAY_US, 16 * DAY_US))),
        ("about 5 days", Some(Law::About(5 * DAY_US, DAY_US, 20 * DAY_US))),
        ("4 to 2 hours", None),
        ("about 5 days, 6 to 16", None),
        ("5", None),
        ("-3 days", None),
        ("nan days", None),
        ("9999999 years", None),
        ("", None),
    ] {
        assert_eq!(Law::parse(text), law, "{text}");
    }
}

proptest::proptest! {
    /// Whatever the text, reading ends with a pathway or with a problem, and a pathway can be walked.
    #[test]
    fn any_text_is_read_or_refused(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..24),
        with_head in proptest::bool::ANY,
    ) {
        let text = format!("{}{}", if with_head { HEAD } else { "" }, pieces.concat());
        let checked = read([("pathways/own.toml", text.as_str())]);
        proptest::prop_assert!(checked.problems.iter().all(|problem| problem.line > 0 && !problem.what.is_empty()));
        if checked.problems.is_empty() {
            let recipe = crate::population::Recipe { patients: 3, ..Default::default() };
            let library = Arc::new(checked.value);
            let mut last = 0;
            crate::population::generate(&recipe, &library, &mut |resource| last = resource.body.len());
            proptest::prop_assert!(last > 0);
        }
    }
}

/// Pieces of pathways, to be put together at random.
const PIECES: &[&str] = &[
    "state = [",
    "]",
    "{ do = \"wait\", after = \"1 to 9 days\" },\n",
    "{ id = \"a\", do = \"arrive\", reason = \"R50.9\" },\n",
    "{ do = \"die\" },\n",
    "{ do = \"leave\" },\n",
    "{ do = \"readmit\", to = \"a\", after = \"1 day\", chance = 0.5 },\n",
    "{ do = \"admit\", unit = \"ICU\", line = \"medical\", reason = \"A41.9\", days = \"about 3 days\" },\n",
    "{ do = \"stay\", daily = [\"24321-2\"] },\n",
    "{ do = \"signs\" },\n",
    "{ do = \"transfer\", unit = \"4W\" },\n",
    "{ do = \"diagnose\", code = \"A41.9\", longer = \"1 day\", complication = true },\n",
    "{ do = \"procedure\", code = \"10E0XZZ\", minutes = 9 },\n",
    "{ do = \"branch\", arms = [{ to = \"a\", weight = 0 }] },\n",
    "live = { door = \"planned\", from = \"a\", share = 1 }\n",
    "\"",
    "= 3",
    "[entry]\n",
    "{",
];
