use super::package::Package;

#[test]
fn every_example_keeps_the_profiles_it_claims() {
    let Some(package) = Package::read() else { return };
    let mut problems = Vec::new();
    for (name, resource) in &package.examples {
        for issue in package.validate(resource) {
            if std::env::var("ALL").is_ok() || issue.is_error() {
                problems.push(format!("{name}: {} {:?} {}", issue.severity.as_str(), issue.expression, issue.diagnostics));
            }
        }
    }
    for problem in &problems { println!("{problem}"); }
    println!("{} examples clean", package.examples.len());
    assert!(problems.is_empty(), "{}", problems.len());
}
