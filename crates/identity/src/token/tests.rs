use proptest::prelude::*;

use super::*;
use crate::grant::Grant;

fn family() -> Family {
    let grant = Grant {
        client: "app".to_owned(),
        subject: None,
        scopes: "patient/*.rs".to_owned().into(),
        patient: Some("p".to_owned()),
        encounter: None,
    };
    Family { grant, current: Some("0".to_owned()), expires_us: 1000, ended: false }
}

#[test]
fn a_token_used_twice_ends_the_family() {
    let mut family = family();
    assert_eq!(family.exchange("app", "0", "1", 1), Exchange::Rotated);
    assert_eq!(family.exchange("other", "0", "x", 2), Exchange::Refused, "another client's try harms nobody");
    assert_eq!(family.exchange("app", "0", "x", 2), Exchange::Reused);
    assert_eq!(family.exchange("app", "1", "2", 3), Exchange::Refused);
}

#[test]
fn a_token_too_old_is_refused() {
    assert_eq!(family().exchange("app", "0", "1", 1000), Exchange::Refused);
}

proptest! {
    /// Whatever is tried in whatever order: a token is exchanged at most once, and nothing after a second use.
    #[test]
    fn no_token_is_exchanged_twice(tries in proptest::collection::vec((0_usize..4, 0_i64..1200), 0..20)) {
        let mut family = family();
        let mut issued = vec!["0".to_owned()];
        let mut exchanged = std::collections::BTreeSet::new();
        let mut reused = false;
        for (back, now_us) in tries {
            let presented = issued[issued.len().saturating_sub(1 + back)].clone();
            let next = issued.len().to_string();
            match family.exchange("app", &presented, &next, now_us) {
                Exchange::Rotated => {
                    prop_assert!(exchanged.insert(presented) && !reused);
                    issued.push(next);
                }
                Exchange::Reused => {
                    prop_assert!(exchanged.contains(&presented));
                    reused = true;
                }
                Exchange::Refused => {}
            }
        }
    }
}
