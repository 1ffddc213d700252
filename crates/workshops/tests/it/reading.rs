//! Cases as files: what is wrong with them is told by line.

use workshops::read::case;

use crate::small::{FILE, GUIDE, RUBRIC, team};

fn problems(text: &str) -> Vec<String> {
    problems_of(text, RUBRIC)
}

fn problems_of(text: &str, rubric: &str) -> Vec<String> {
    let teams: Vec<(String, String)> =
        ["good", "hoards", "hasty"].iter().map(|kind| (format!("teams/{kind}.toml"), team(kind))).collect();
    let mut files = vec![("workshop.md", text), ("facilitator.md", GUIDE), ("rubric.toml", rubric)];
    files.extend(teams.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    case("small", &files)
        .problems
        .into_iter()
        .map(|one| format!("{}:{} {}", one.file, one.line, one.what))
        .collect()
}

#[test]
fn each_mistake_is_found() {
    let mistakes = [
        ("id = \"small\"", "id = \"large\"", "its id is 'large'"),
        ("minutes = 20\nabout = \"Work.\"", "minutes = 90\nabout = \"Work.\"", "130 minutes together"),
        ("asks = \"t1\"", "asks = \"t0\"", "asked 2 times at t0"),
        ("kind = \"hot-wash\"", "kind = \"play\"", "nobody says what to change"),
        ("id = \"office\"", "id = \"ward\"", "there are two of the fact 'ward'"),
        ("truth = [1, 2, 2]", "truth = [1, 2, 3]", "its truth is none of its answers"),
        (
            "key = \"poor\"\nwhy = \"SECRET key-yes\"",
            "key = \"sound\"\nwhy = \"SECRET key-yes\"",
            "its key does not tell",
        ),
        (
            "needs = [\"ward\", \"office\", \"machine\"]",
            "needs = [\"ward\", \"office\"]",
            "no decision needs it",
        ),
        (
            "objective = \"decide\"\n\n[[never]]",
            "objective = \"nothing\"\n\n[[never]]",
            "there is no objective 'nothing'",
        ),
        ("when = [\"going\"]", "when = [\"gone\"]", "nothing raises the flag 'gone'"),
        ("grows = 1\n", "grows = \"wating:*\"\n", "'wating:*' cannot be read"),
        ("by_hand = true", "by_hand = false", "nothing makes it come"),
        ("call = [\"nurse\"]", "call = [\"nobody\"]", "there is no role 'nobody'"),
        (
            "from = \"second\"\n\n[[role]]",
            "from = \"third\"\n\n[[role]]",
            "it comes with a phase that is none",
        ),
        ("level = \"foundation\"", "level = \"hard\"", "its level is 'hard'"),
        ("rate = 2", "rate = 0", "nobody can follow this clock"),
        ("from = \"nurse\"\nto", "from = \"nursery\"\nto", "there is no role 'nursery'"),
    ];
    assert_eq!(problems(FILE), Vec::<String>::new());
    for (right, wrong, told) in mistakes {
        assert!(FILE.contains(right), "{right}");
        let found = problems(&FILE.replacen(right, wrong, 1));
        assert!(found.iter().any(|one| one.contains(told)), "{told}: {found:?}");
    }
}

#[test]
fn a_mistake_has_its_line() {
    let found = problems(&FILE.replacen("rate = 2", "rate = 2\nspeed = 3", 1));
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("workshop.md:8 "), "{found:?}");
}

#[test]
fn each_mistake_of_a_rubric_is_found_with_its_line() {
    let mistakes = [
        ("id = \"reasons\"", "id = \"asks\"", "rubric.toml:4 there are two of the behaviour 'asks'"),
        ("id = \"reasons\"", "id = \"Gives reasons\"", "rubric.toml:10 'Gives reasons' cannot be the id"),
        ("look = \"At the log.\"", "look = \" \"", "rubric.toml:10 something in it is empty"),
        ("\"Never.\", \"Once.\"", "\"Never.\", \"Never.\"", "rubric.toml:16 two of its levels read alike"),
        ("\"Never.\", ", "", "expected an array of length 4"),
        (
            "cites = [{ name = \"A tool of others\", checked = \"2026-11-28\" }]",
            "",
            "by what it was inspired",
        ),
        ("look = \"At the log.\"", "lock = \"At the log.\"", "unknown field `lock`"),
    ];
    for (right, wrong, told) in mistakes {
        assert!(RUBRIC.contains(right), "{right}");
        let found = problems_of(FILE, &RUBRIC.replacen(right, wrong, 1));
        assert!(found.iter().any(|one| one.contains(told)), "{told}: {found:?}");
    }
    let two = RUBRIC.rsplit_once("[[behaviour]]").unwrap().0;
    assert!(problems_of(FILE, two).iter().any(|one| one.contains("it has 2 behaviours")));
    let without = case("small", &[("workshop.md", FILE), ("facilitator.md", GUIDE)]).problems;
    assert!(without.iter().any(|one| one.file == "rubric.toml" && one.what.contains("nobody knows")));
}

#[test]
fn a_team_that_expects_what_is_no_measure_is_told() {
    let odd = team("good").replace("facts >= 0", "talk >= 80");
    let files = [("workshop.md", FILE), ("facilitator.md", GUIDE), ("teams/good.toml", &odd)];
    let found = case("small", &files).problems;
    assert!(found.iter().any(|one| one.what.contains("'talk >= 80' is no measure")));
    assert!(found.iter().any(|one| one.what.contains("tell teams apart")));
}
