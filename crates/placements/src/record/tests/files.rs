use super::given::{SMALL, rules};
use crate::record::*;

fn problems(text: &str) -> Vec<String> {
    Schedule::parse(text).unwrap().problems(&rules()).into_iter().map(|(what, _)| what).collect()
}

#[test]
fn a_schedule_has_what_its_approach_needs() {
    assert!(problems(SMALL).is_empty(), "{:?}", problems(SMALL));
    let short = SMALL.replace("hybrid", "time");
    assert_eq!(problems(&short), ["10 hours are fewer than the 2000 of 29.4(c), 29.5(b)(2)(i)"]);
    let without = SMALL.replace("term_hours = 10", "");
    assert_eq!(problems(&without), ["there are no `term_hours`"]);
    let too_long = SMALL.replace("term_hours = 10", "term_hours = 17");
    assert_eq!(problems(&too_long), ["the processes hold 4 to 16 hours, and the term has 17"]);
    let competency = SMALL.replace("hybrid", "competency");
    assert_eq!(problems(&competency), ["`term_hours` stand in a schedule that competencies measure"]);
    let twice = SMALL.replace("id = \"talk\"", "id = \"watch\"");
    assert_eq!(problems(&twice), ["`watch` stands there twice"]);
    let unshown = SMALL.replace("[[entrust]]\ncompetency = \"x.find\"", "");
    assert_eq!(problems(&unshown), ["nothing has to be entrusted"]);
    assert!(Schedule::parse(&SMALL.replace("about", "abuot")).unwrap_err().contains("abuot"));
}

#[test]
fn the_rules_say_where_they_stand_and_when_they_were_read() {
    let rules = rules();
    assert_eq!((rules.term.hours_min, rules.instruction.hours_recommended_year), (2_000, 144));
    assert!(rules.cites.starts_with("29 CFR"));
}
