//! Files with mistakes: each is told with its line and what to try.

use scenarios::model::{Place, Term};
use scenarios::read::scenario;

use crate::small::{FAILING, FILE, PASSING};

/// What is said of the file with one text replaced by another.
fn said(from: &str, to: &str) -> Vec<String> {
    assert!(FILE.contains(from), "{from}");
    let text = FILE.replacen(from, to, 1);
    let files =
        [("scenario.md", text.as_str()), ("scripts/well.toml", PASSING), ("scripts/badly.toml", FAILING)];
    let problems = scenario("small", &files).problems;
    problems.iter().map(|one| format!("{}:{} {}; {}", one.file, one.line, one.what, one.try_this)).collect()
}

#[test]
fn every_mistake_is_told() {
    for (from, to, told) in [
        ("id = \"small\"", "id = \"other\"", "its id is 'other'"),
        ("role = \"hands\"", "role = \"nobody\"", "there is no role 'nobody'"),
        ("needs = [\"declared\"]", "needs = [\"spoken\"]", "nothing raises the flag 'spoken'"),
        ("needs = [\"declared\"]", "needs = [\"spoken of\"]", "is no condition"),
        ("needs = [\"declared\"]", "needs = [\"minutes >\"]", "there is no number on its right"),
        ("\"meter:down >= 40\"", "\"meter:up >= 40\"", "there is no meter 'up'"),
        ("\"meter:down >= 40\"", "\"moon:full >= 40\"", "'moon:full' cannot be read"),
        ("detected = [\"declared\"]", "detected = [\"known\"]", "nothing raises the flag 'known'"),
        ("points = 40", "points = 41", "its objectives have 101 points"),
        ("at_min = [3, 9]", "at_min = [9, 3]", "it comes in no minute"),
        ("level = \"foundation\"", "level = \"hard\"", "its level is 'hard'"),
        ("rate = 6", "rate = 0", "nobody can play that long"),
        ("id = \"mend\"", "id = \"declare\"", "there are two of the id 'declare'"),
        ("do = \"fail\"", "do = \"explode\"", "explode"),
        ("takes_min = 2", "takes_mins = 2", "takes_mins"),
        ("by_hand = true", "by_hand = false", "nothing makes it come"),
        ("takes_min = 2", "takes_min = 2\nplace = \"moon\"", "'moon' is no place"),
        ("takes_min = 2", "takes_min = 2\nplace = \"host:\"", "'host:' is no place"),
    ] {
        let said = said(from, to);
        assert!(said.iter().any(|one| one.contains(told)), "{told}: {said:?}");
    }
    let lines = said("role = \"hands\"", "role = \"nobody\"");
    let line = FILE.lines().position(|line| line == "id = \"mend\"").unwrap() + 1;
    assert!(lines[0].starts_with(&format!("scenario.md:{line} ")), "{lines:?}");
}

#[test]
fn what_is_missing_is_told() {
    let told = |files: &[(&str, &str)]| scenario("small", files).problems.remove(0).what;
    assert_eq!(told(&[]), "this scenario has no scenario.md");
    assert_eq!(told(&[("scenario.md", "Hello.")]), "there is no front matter");
    let only = [("scenario.md", FILE), ("scripts/well.toml", PASSING)];
    assert_eq!(told(&only), "nobody knows whether it can be passed and failed");
    let wrong =
        [("scenario.md", FILE), ("scripts/well.toml", PASSING), ("scripts/badly.toml", "misses = [\"sky\"]")];
    assert!(told(&wrong).contains("'sky'"));
}

#[test]
fn terms_say_again_what_they_were() {
    for text in [
        "declared",
        "not declared",
        "minutes >= 20",
        "since:declared < 4.5",
        "meter:down > 1",
        "waiting:adt-* = 0",
    ] {
        let term = Term::try_from(text.to_owned()).unwrap();
        assert_eq!(term.to_string(), text);
    }
}

#[test]
fn places_say_again_what_they_were() {
    for text in ["desk", "telephone", "cart", "chart", "host:host-ehr", "cable:host-lis"] {
        assert_eq!(Place::try_from(text.to_owned()).unwrap().to_string(), text);
    }
}
