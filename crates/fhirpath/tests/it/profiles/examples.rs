use std::collections::BTreeSet;

use super::package::Package;

#[test]
fn every_example_keeps_the_profiles_it_claims() {
    let Some(package) = Package::read() else { return };
    let (mut problems, mut broken, mut claims) = (Vec::new(), BTreeSet::new(), 0);
    for (name, resource) in &package.examples {
        claims += package.claimed(resource).len();
        for issue in package.errors(resource) {
            problems.push(format!("{name}: {issue:?}"));
            broken.insert(name);
        }
    }
    let all = package.examples.len();
    let clean = all - broken.len();
    println!("suite: US Core examples by their profiles: {clean} of {all}, with {claims} claims");
    assert!(all > 150 && claims > 130, "{all} examples, {claims} claims");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
