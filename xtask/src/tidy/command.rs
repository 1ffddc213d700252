use crate::repository;
use crate::tidy::{Problem, doors, graph, lengths, links, source, stray, words};

/// Prints every problem, then the longest files and functions; true when there was no problem.
pub(crate) fn run() -> anyhow::Result<bool> {
    let problems = check()?;
    for problem in &problems {
        println!("{problem}");
    }
    lengths::print(&source::read(&repository::files()?)?);
    match problems.len() {
        0 => println!("\ntidy: nothing to mend"),
        count => println!("\ntidy: {count} to mend"),
    }
    Ok(problems.is_empty())
}

/// Every problem of every rule, sorted by place.
pub(crate) fn check() -> anyhow::Result<Vec<Problem>> {
    let files = repository::files()?;
    let sources = source::read(&files)?;
    let mut problems = graph::check(&repository::cargo_metadata()?, &sources)?;
    for source in &sources {
        problems.extend(doors::check(source));
        problems.extend(words::check(source));
    }
    problems.extend(links::check(&sources, &files));
    problems.extend(stray::check(&files, &sources));
    problems.sort();
    Ok(problems)
}
