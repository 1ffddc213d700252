use std::sync::OnceLock;

use security::breach::Law;
use security::papers::{Clauses, Questions, Topics};

use crate::content::files;

/// The breach rule that is in force here.
pub fn law() -> &'static Law {
    static LAW: OnceLock<Law> = OnceLock::new();
    LAW.get_or_init(|| {
        Law::parse(&regulation("hipaa-breach"))
            .unwrap_or_else(|error| panic!("hipaa-breach.toml is built in: {error}"))
    })
}

/// The clauses of a contract with a business associate.
pub fn clauses() -> &'static Clauses {
    static CLAUSES: OnceLock<Clauses> = OnceLock::new();
    CLAUSES.get_or_init(|| {
        let read = Clauses::parse(&regulation("hipaa-associates"));
        read.unwrap_or_else(|error| panic!("hipaa-associates.toml is built in: {error}"))
    })
}

/// What a hospital has to have a policy about.
pub fn topics() -> &'static Topics {
    static TOPICS: OnceLock<Topics> = OnceLock::new();
    TOPICS.get_or_init(|| {
        let read = Topics::parse(&regulation("hipaa-policies"));
        read.unwrap_or_else(|error| panic!("hipaa-policies.toml is built in: {error}"))
    })
}

/// The statements of the risk analysis.
pub fn questions() -> &'static Questions {
    static QUESTIONS: OnceLock<Questions> = OnceLock::new();
    QUESTIONS.get_or_init(|| {
        let read = Questions::parse(&regulation("hipaa-risk-analysis"));
        read.unwrap_or_else(|error| panic!("hipaa-risk-analysis.toml is built in: {error}"))
    })
}

/// A file that is built in and tested: an error in it is one of the program.
fn regulation(name: &str) -> String {
    let path = format!("regulations/{name}.toml");
    let found = files(None).unwrap_or_default().into_iter().find(|file| file.path == path);
    found.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).unwrap_or_default()
}
