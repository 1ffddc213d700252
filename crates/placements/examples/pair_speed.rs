//! Two thousand learners and four hundred mentors, paired.
//!
//! `cargo run --release --example pair_speed -p placements`

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints its figures and measures time"
)]

use std::time::Instant;

use placements::matching::lottery;
use placements::mentors::{Hours, Learner, Mentor, Weights, pair};

fn main() {
    let skills = ["hl7", "fhir", "security", "analytics", "imaging", "workflow", "sql", "teaching"];
    let dice = |what: &str, at: u32, sides: u64| lottery(u64::from(at), what) % sides;
    let some = |at: u32, who: &str| -> Vec<(String, u8)> {
        let strength = |skill: &&str| u8::try_from(dice(&format!("{who} {skill}"), at, 4)).unwrap_or(0);
        skills
            .iter()
            .map(|skill| ((*skill).to_owned(), strength(skill)))
            .filter(|(_, how)| *how > 0)
            .collect()
    };
    let hours = |at: u32, who: &str| Hours {
        offset_min: i32::try_from(dice(who, at, 20)).unwrap_or(0) * 60 - 600,
        from_min: 480,
        until_min: 1_200,
    };
    let learner = |at: u32| Learner {
        id: format!("l{at}"),
        wants: some(at, "learner"),
        languages: vec!["en".to_owned()],
        hours: hours(at, "learner"),
        not_with: vec![],
    };
    let mentor = |at: u32| Mentor {
        id: format!("m{at}"),
        skills: some(at, "mentor"),
        capacity: 5,
        languages: vec!["en".to_owned()],
        hours: hours(at, "mentor"),
        not_with: vec![],
    };
    let (learners, mentors): (Vec<_>, Vec<_>) =
        ((0..2_000).map(learner).collect(), (0..400).map(mentor).collect());
    let begun = Instant::now();
    let paired = pair(&learners, &mentors, Weights::default());
    println!(
        "pairing of 2,000 and 400: {:.3} s, {} paired",
        begun.elapsed().as_secs_f64(),
        paired.iter().flatten().count()
    );
}
