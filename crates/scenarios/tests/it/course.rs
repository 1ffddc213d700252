//! When a crisis was known and mended, in minutes.

use scenarios::record::{Course, score};

use crate::small::{begin, give, given, go, small};

fn course(commands: &[(&str, i64)]) -> Course {
    let (mut run, mut toy) = begin(7);
    for (place, (command, minute)) in commands.iter().enumerate() {
        give(&mut run, &mut toy, &given(&place.to_string(), command, *minute));
    }
    go(&mut run, &mut toy, 60);
    score(&small(), &run).course
}

#[test]
fn a_milestone_has_the_minute_in_which_it_was_reached_first() {
    let nothing = Course::default();
    assert_eq!(course(&[]), nothing);
    assert_eq!(course(&[("declare", 1)]), Course { detected_min: Some(3), ..nothing });
    let mended = Course { detected_min: Some(3), restored_min: Some(14), ..nothing };
    // What runs is read one minute after it was mended. Nobody says when this crisis is contained.
    assert_eq!(course(&[("declare", 1), ("mend", 3)]), mended);
    assert_eq!(course(&[("declare", 1), ("mend", 3), ("mend", 30)]), mended);
}
