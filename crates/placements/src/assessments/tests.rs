use super::*;

fn file(pairs: usize, change: impl Fn(usize, &str) -> String) -> String {
    let head = "id = \"days\"\nversion = \"1.0.0\"\ntitle = \"T\"\nabout = \"A\"\nminutes = 20\nchecked = \"2031-01-01\"\n";
    let item = |right: usize| {
        format!("ask = \"?\"\nchoices = [\"w\", \"x\", \"y\", \"z\"]\nright = {right}\nbecause = \"so\"\n")
    };
    let pair = |at: usize| {
        let text = format!(
            "[[pair]]\nid = \"p{at}\"\ncompetency = \"c\"\nasks = \"q\"\n[pair.a]\n{}[pair.b]\n{}",
            item(at % 4 + 1),
            item((at + 1) % 4 + 1)
        );
        change(at, &text)
    };
    format!("{head}{}", (0..pairs).map(pair).collect::<String>())
}

fn same(_: usize, text: &str) -> String {
    text.to_owned()
}

fn wrong(from: &'static str, to: &'static str) -> String {
    Assessment::parse(&file(8, |_, text| text.replace(from, to))).unwrap_err()
}

#[test]
fn a_file_is_read_or_its_mistake_is_named() {
    assert_eq!(Assessment::parse(&file(8, same)).unwrap().pairs.len(), 8);
    assert!(Assessment::parse(&file(7, same)).unwrap_err().contains("too little"));
    assert!(wrong("\"w\", \"x\"", "\"x\", \"x\"").contains("choices that differ"));
    assert!(wrong("\"w\", ", "").contains("choices that differ"));
    assert!(wrong("right = 4", "right = 5").contains("number of a choice"));
    assert!(wrong("id = \"p1\"", "id = \"p2\"").contains("two pairs"));
    assert!(wrong("because", "why").contains("why"));
}

#[test]
fn everybody_takes_both_forms_and_about_half_begin_with_each() {
    let assessment = Assessment::parse(&file(8, same)).unwrap();
    let mut with_a = 0;
    for at in 0..1_000 {
        let person = format!("person {at}");
        let [first, last] =
            [Sitting::First, Sitting::Last].map(|sitting| assessment.form_of(&person, sitting));
        assert_eq!(last, first.other());
        with_a += usize::from(first == Form::A);
    }
    assert!((400..600).contains(&with_a), "{with_a} of 1,000 begin with form A");
}

#[test]
fn what_was_not_answered_is_not_right() {
    let assessment = Assessment::parse(&file(8, same)).unwrap();
    let answers = [Some(1), Some(2), None, Some(1)];
    let right = assessment.marked(Form::A, &answers);
    assert_eq!(right, [true, true, false, false, false, false, false, false]);
    assert_eq!(assessment.marked(Form::B, &answers).iter().filter(|right| **right).count(), 1);
}

#[test]
fn a_gain_says_how_far_it_may_be_off() {
    assert_eq!(gain(&[]), None);
    let one = gain(&[(0.5, 0.75)]).unwrap();
    assert_eq!((one.mean, one.off), (0.25, None), "one person alone says nothing about others");
    // scipy 1 (`ttest_rel(last, first).confidence_interval()`): 0.1625, 0.11932 to either side.
    let four = gain(&[(0.4, 0.6), (0.5, 0.6), (0.3, 0.55), (0.7, 0.8)]).unwrap();
    assert_eq!(four.first.count, 4);
    assert!((four.mean - 0.1625).abs() < 1e-12 && (four.off.unwrap() - 0.1193).abs() < 1e-3, "{four:?}");
}
