use super::Outcome::{Cancel, Error, Fail, Omit, Pass, Running, Skip, Wait};
use super::{Body, Outcome, roll_up};

/// The outcome of a group of these children; `true` marks an optional one.
type Case = (&'static [(Option<Outcome>, bool)], Option<Outcome>);

#[test]
fn a_group_is_as_grave_as_its_gravest_required_child() {
    let cases: &[Case] = &[
        (&[], None),
        (&[(None, false)], None),
        (&[(Some(Pass), false), (None, false)], Some(Pass)),
        (&[(Some(Pass), false), (Some(Skip), false)], Some(Skip)),
        (&[(Some(Skip), false), (Some(Fail), false)], Some(Fail)),
        (&[(Some(Fail), false), (Some(Error), false)], Some(Error)),
        (&[(Some(Error), false), (Some(Running), false)], Some(Running)),
        (&[(Some(Running), false), (Some(Wait), false)], Some(Wait)),
        (&[(Some(Wait), true), (Some(Fail), false)], Some(Wait)),
        (&[(Some(Cancel), false), (Some(Error), false)], Some(Cancel)),
        (&[(Some(Pass), false), (Some(Fail), true)], Some(Pass)),
        (&[(Some(Omit), false), (Some(Fail), true)], Some(Omit)),
        (&[(Some(Pass), true), (Some(Fail), true)], Some(Fail)),
        (&[(Some(Omit), false), (Some(Pass), false)], Some(Pass)),
        (&[(Some(Omit), false)], Some(Omit)),
    ];
    for (children, expected) in cases {
        assert_eq!(roll_up(children.iter().copied()), *expected, "{children:?}");
    }
}

#[test]
fn a_long_body_is_kept_as_its_beginning() {
    let body = Body::of(&vec![b'a'; 100_000]);
    assert_eq!((body.text.len(), body.bytes, body.is_cut()), (65_536, 100_000, true));
    assert!(!Body::of(b"short").is_cut());
}
