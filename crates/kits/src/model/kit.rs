use std::fmt;
use std::sync::Arc;

use crate::run::Step;

/// What a test does. It passes unless it stops.
pub type Work = Arc<dyn Fn(&mut Step<'_>) -> Result<(), Stop> + Send + Sync>;

/// Why a test does not pass, in a sentence or two: what was expected, what came, what to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The server is wrong.
    Fail(String),
    /// Something needed was not there.
    Skip(String),
    /// It does not apply.
    Omit(String),
    /// It could not be found out.
    Error(String),
    /// Somebody stopped the run.
    Cancel,
}

/// A kit: what can be asked of one kind of server.
#[derive(Debug, Clone)]
pub struct Kit {
    /// Its name in addresses and on the command line.
    pub id: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What it is about, in a few sentences.
    pub about: &'static str,
    /// The standard it goes by, with version.
    pub standard: &'static str,
    /// What must be there before a run has a chance, told before it starts.
    pub prerequisites: &'static [&'static str],
    /// What a run is told.
    pub inputs: Vec<Input>,
    /// Inputs filled in for known servers.
    pub presets: Vec<Preset>,
    /// A transaction Bundle that fills a server with all that the kit looks for; the people in it are invented.
    pub sample: Option<&'static str>,
    /// What the standard asks, in our words.
    pub requirements: &'static [Requirement],
    /// What is done, in this order.
    pub groups: Vec<Group>,
}

/// Something a run is told before it starts.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// Its name, as tests ask for it.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What to give, and where to find it.
    pub about: &'static str,
    /// What is taken if nothing is given.
    pub default: &'static str,
    /// Whether a run can start without it.
    pub optional: bool,
    /// Whether it is never shown again.
    pub secret: bool,
}

/// Inputs filled in for a known server.
#[derive(Debug, Clone, Copy)]
pub struct Preset {
    /// Its name.
    pub id: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// Names and values.
    pub values: &'static [(&'static str, &'static str)],
}

/// One thing that a standard asks.
#[derive(Debug, Clone, Copy)]
pub struct Requirement {
    /// Its name in this kit.
    pub id: &'static str,
    /// What is asked, in our words.
    pub text: &'static str,
    /// Document and section.
    pub source: &'static str,
}

/// Tests that belong together, and groups within.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// Its id, which begins with that of the group around it.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// Whether its failure leaves the whole as it is.
    pub optional: bool,
    /// Tests, which come first.
    pub tests: Vec<Test>,
    /// Groups.
    pub groups: Vec<Group>,
}

/// One question to the server.
#[derive(Clone)]
pub struct Test {
    /// Its id, which begins with that of its group.
    pub id: String,
    /// What is asked, as a statement that is true of a good server.
    pub title: String,
    /// Why it matters, and how it is found out.
    pub about: String,
    /// Whether its failure leaves the whole as it is.
    pub optional: bool,
    /// Ids of the requirements it looks at.
    pub requirements: Vec<&'static str>,
    /// Names of inputs, and of outputs of earlier tests, that it cannot do without.
    pub needs: Vec<&'static str>,
    /// Names of what it finds for later tests.
    pub gives: Vec<&'static str>,
    /// What it does.
    pub work: Work,
}

impl fmt::Debug for Test {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Test").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Input {
    /// Something that a run cannot start without.
    pub const fn new(name: &'static str, title: &'static str, about: &'static str) -> Self {
        Self { name, title, about, default: "", optional: false, secret: false }
    }

    /// The same with a value that is taken if nothing is given.
    #[must_use]
    pub const fn usually(self, default: &'static str) -> Self {
        Self { default, ..self }
    }

    /// The same, which may be left out.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// The same, never shown again.
    #[must_use]
    pub const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }
}

impl Test {
    /// A required test that needs nothing.
    pub fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        work: impl Fn(&mut Step<'_>) -> Result<(), Stop> + Send + Sync + 'static,
    ) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            about: String::new(),
            optional: false,
            requirements: Vec::new(),
            needs: Vec::new(),
            gives: Vec::new(),
            work: Arc::new(work),
        }
    }

    /// The same with a reason.
    #[must_use]
    pub fn about(self, about: impl Into<String>) -> Self {
        Self { about: about.into(), ..self }
    }

    /// The same, looking at these requirements.
    #[must_use]
    pub fn of(self, requirements: &[&'static str]) -> Self {
        Self { requirements: requirements.to_vec(), ..self }
    }

    /// The same, needing these inputs or outputs.
    #[must_use]
    pub fn needs(self, needs: &[&'static str]) -> Self {
        Self { needs: needs.to_vec(), ..self }
    }

    /// The same, giving these outputs.
    #[must_use]
    pub fn gives(self, gives: &[&'static str]) -> Self {
        Self { gives: gives.to_vec(), ..self }
    }

    /// The same, optional if this is true.
    #[must_use]
    pub fn optional(self, optional: bool) -> Self {
        Self { optional, ..self }
    }
}

impl Group {
    /// All tests in and below it, in their order.
    pub fn all(&self) -> Vec<&Test> {
        let below = self.groups.iter().flat_map(Group::all);
        self.tests.iter().chain(below).collect()
    }
}

impl Kit {
    /// All tests, in their order.
    pub fn tests(&self) -> Vec<&Test> {
        self.groups.iter().flat_map(Group::all).collect()
    }

    /// The input of this name.
    pub fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| input.name == name)
    }
}
