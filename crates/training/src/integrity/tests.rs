use super::*;

const MINUTE_US: i64 = 60_000_000;

fn work(person: &str, number: u32, took_min: Option<i64>) -> Work {
    Work {
        attempt: format!("{person}-{number}"),
        person: person.to_owned(),
        lab: "lab".to_owned(),
        number,
        started_us: 0,
        finished_us: took_min.map(|minutes| minutes * MINUTE_US),
        answers: Vec::new(),
        writings: Vec::new(),
    }
}

fn given(value: &str, at_min: i64, accepted: bool) -> Given {
    Given { check: "who".to_owned(), value: value.to_owned(), at_us: at_min * MINUTE_US, accepted }
}

fn keys(works: &[Work]) -> Vec<String> {
    signs(works).iter().map(Found::key).collect()
}

fn answered(all: &[(&str, &[Given])]) -> Vec<String> {
    let one =
        |(person, answers): &(&str, &[Given])| Work { answers: answers.to_vec(), ..work(person, 1, None) };
    keys(&all.iter().map(one).collect::<Vec<_>>())
}

#[test]
fn an_answer_names_the_hospital_it_is_right_in() {
    let ana: &[Given] = &[given("MRN 4711-08", 5, true)];
    let case = |value: &str, at_min: i64| answered(&[("ana", ana), ("bo", &[given(value, at_min, false)])]);
    assert_eq!(case(" mrn  4711-08 ", 6), ["foreign bo-1 ana-1 who"]);
    assert_eq!(case("MRN 4711-09", 6), [""; 0], "wrong everywhere");
    assert_eq!(case("MRN 4711-08", 4), [""; 0], "before it was right anywhere");
    let twice: &[Given] = &[given("MRN 4711-08", 6, false), given("mrn 4711-08", 7, false)];
    assert_eq!(answered(&[("ana", ana), ("bo", twice)]), ["foreign bo-1 ana-1 who"], "named once");
    let own: &[Given] = &[given("MRN 4711-08", 6, true)];
    assert_eq!(answered(&[("ana", ana), ("bo", own)]), [""; 0], "right here too");
}

#[test]
fn an_answer_that_is_short_or_right_for_several_names_nobody() {
    let short: &[Given] = &[given("12", 5, true)];
    assert_eq!(answered(&[("ana", short), ("bo", &[given("12", 6, false)])]), [""; 0]);
    let same: &[Given] = &[given("Metformin", 5, true)];
    assert_eq!(answered(&[("ana", same), ("cem", same), ("bo", &[given("Metformin", 6, false)])]), [""; 0]);
}

#[test]
fn what_was_right_in_an_earlier_attempt_of_ones_own_is_ones_own() {
    let before = Work { answers: vec![given("4711-08-15", 5, true)], ..work("bo", 1, None) };
    let again = Work { answers: vec![given("4711-08-15", 9, false)], ..work("bo", 2, None) };
    assert_eq!(keys(&[before, again]), [""; 0]);
}

#[test]
fn a_first_attempt_is_quick_beside_five_others() {
    let others = |count: usize| (0..count).map(|at| work(&format!("p{at}"), 1, Some(30 + at as i64)));
    let with = |count: usize, one: Work| keys(&others(count).chain([one]).collect::<Vec<_>>());
    assert_eq!(with(5, work("bo", 1, Some(6))), ["quick bo-1"]);
    assert_eq!(with(5, work("bo", 1, Some(7))), [""; 0], "a fifth of 32 minutes is less than that");
    assert_eq!(with(4, work("bo", 1, Some(1))), [""; 0], "four others say little");
    assert_eq!(with(5, work("bo", 2, Some(1))), [""; 0], "who was here before is quick by right");
    assert_eq!(with(5, work("bo", 1, None)), [""; 0], "not finished");
}

/// So many words, of which none is like those of another name.
fn prose(name: &str, words: usize) -> String {
    (0..words).map(|at| format!("{name}{at}")).collect::<Vec<_>>().join(" ")
}

fn wrote(person: &str, started_min: i64, what: &str, text: &str) -> Work {
    let writings = vec![Writing { what: what.to_owned(), text: text.to_owned() }];
    Work { started_us: started_min * MINUTE_US, writings, ..work(person, 1, None) }
}

#[test]
fn a_text_is_like_another_but_for_some_words() {
    let text = prose("a", 60);
    let changed = format!("{} {}", prose("b", 12), text).to_uppercase().replace(' ', ",\n");
    let one = wrote("ana", 0, "rule reads", &text);
    let found = signs(&[one.clone(), wrote("bo", 1, "rule mine", &changed)]);
    let sign = Sign::Alike {
        what: "rule mine".to_owned(),
        of: "ana-1".to_owned(),
        of_what: "rule reads".to_owned(),
        share: 1.0,
        passages: 56,
    };
    assert_eq!(found, [Found { attempt: "bo-1".to_owned(), sign }]);
    assert_eq!(keys(&[one.clone(), wrote("bo", 1, "question mine", &text)]), [""; 0], "another sort of text");
    assert_eq!(keys(&[one.clone(), wrote("ana", 1, "rule mine", &text)]), [""; 0], "one's own");
    let half = format!("{} {}", prose("a", 30), prose("b", 30));
    assert_eq!(keys(&[one, wrote("bo", 1, "rule mine", &half)]), [""; 0], "half of it is not much");
}

#[test]
fn what_stands_in_most_texts_comes_with_the_lab() {
    let lab = prose("lab", 120);
    let all = ["a", "b", "c", "d", "e"]
        .map(|name| wrote(name, 0, "channel labs", &format!("{lab} {}", prose(name, 30))));
    assert_eq!(keys(&all), [""; 0]);
    let copied = wrote("f", 1, "channel labs", &format!("{lab} {}", prose("a", 30)));
    assert_eq!(keys(&[all.to_vec(), vec![copied]].concat()), ["alike f-1 a-1 channel labs"]);
}

#[test]
fn different_labs_are_not_compared() {
    let ana = Work { answers: vec![given("MRN 4711-08", 5, true)], ..work("ana", 1, None) };
    let bo = Work {
        lab: "other".to_owned(),
        answers: vec![given("MRN 4711-08", 6, false)],
        ..work("bo", 1, None)
    };
    assert_eq!(keys(&[ana, bo]), [""; 0]);
}
