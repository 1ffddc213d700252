/// A code that a value set has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// Its code system.
    pub system: String,
    /// The code; `None` for every code of the system.
    pub code: Option<String>,
}

/// Knowledge of code systems and value sets, for the modifiers `:above`, `:below`, `:in` and `:not-in` (FHIR R4,
/// 3.1.1.4.10). An error is a sentence fragment that says why there is no answer.
pub trait Codes {
    /// What is in the value set with this canonical address, which may end in `|version`.
    ///
    /// # Errors
    /// The set is not known, or cannot be listed.
    fn value_set(&self, url: &str) -> Result<Vec<Coded>, String>;

    /// A code and all that it subsumes.
    ///
    /// # Errors
    /// The system has no hierarchy that is known, or not this code.
    fn below(&self, system: &str, code: &str) -> Result<Vec<String>, String>;

    /// A code and all that subsume it.
    ///
    /// # Errors
    /// The system has no hierarchy that is known, or not this code.
    fn above(&self, system: &str, code: &str) -> Result<Vec<String>, String>;
}

/// For searches where nothing is known of codes.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoCodes;

impl Codes for NoCodes {
    fn value_set(&self, _url: &str) -> Result<Vec<Coded>, String> {
        Err("no value sets are known here".to_owned())
    }

    fn below(&self, _system: &str, _code: &str) -> Result<Vec<String>, String> {
        Err("no hierarchies of codes are known here".to_owned())
    }

    fn above(&self, system: &str, code: &str) -> Result<Vec<String>, String> {
        self.below(system, code)
    }
}
