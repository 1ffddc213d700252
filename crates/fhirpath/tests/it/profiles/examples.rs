use super::package::Package;

#[test]
fn every_example_keeps_the_profiles_it_claims() {
    let Some(package) = Package::read() else { return };
    let (mut problems, mut claims) = (Vec::new(), 0);
    for (name, resource) in &package.examples {
        claims += package.claimed(resource).len();
        problems.extend(package.errors(resource).into_iter().map(|issue| format!("{name}: {issue:?}")));
    }
    let all = package.examples.len();
    println!("{all} examples clean, with {claims} claims of profiles of US Core");
    assert!(all > 150 && claims > 130, "{all} examples, {claims} claims");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
