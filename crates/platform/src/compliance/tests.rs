use std::collections::BTreeSet;

use super::measure::QUESTIONS;
use super::{clauses, law, questions, topics};

#[test]
fn the_rules_that_are_built_in_can_be_read() {
    assert_eq!(law().individuals.days, 60);
    assert_eq!(clauses().clauses.len(), 12);
    let practices = topics().topics.iter().filter_map(|topic| topic.practice.as_deref());
    assert!(practices.clone().count() >= 8 && practices.clone().all(|one| QUESTIONS.contains(&one)));
    let asked: BTreeSet<&str> = questions().questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(asked, BTreeSet::from(QUESTIONS), "every question is measured, and nothing else");
}
