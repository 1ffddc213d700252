//! Profiles in memory: a tree of nodes, each with what it asks of the values of one element.

use serde_json::Value;

use crate::fhir::outcome::Severity;

/// What a StructureDefinition asks, compiled.
#[derive(Debug)]
pub struct Profile {
    /// Canonical URL, without version.
    pub url: String,
    /// Version, where it has one.
    pub version: Option<String>,
    /// The type that values must have.
    pub type_name: String,
    /// True for a profile, false for the definition of a type itself.
    pub is_constraint: bool,
    pub(super) root: Node,
}

impl Profile {
    /// A short name for messages: the end of the URL.
    pub fn label(&self) -> &str {
        self.url.rsplit('/').next().unwrap_or(&self.url)
    }
}

/// What is asked of the values of an element, or of one slice of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    /// The element's name, without `[x]`.
    pub(super) name: String,
    pub(super) is_choice: bool,
    pub(super) min: usize,
    pub(super) max: Option<usize>,
    /// The types allowed; none means those of the type's definition.
    pub(super) types: Vec<AllowedType>,
    pub(super) wanted: Option<Wanted>,
    pub(super) binding: Option<Binding>,
    pub(super) invariants: Vec<Invariant>,
    pub(super) must_support: bool,
    pub(super) slicing: Option<Slicing>,
    pub(super) children: Vec<Node>,
    /// The names that lead from the root to the node whose children hold here as well.
    pub(super) content_of: Vec<String>,
}

impl Node {
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(super) fn find(&self, names: &[String]) -> Option<&Node> {
        names.iter().try_fold(self, |node, name| node.child(name))
    }

    /// True if values can be told apart by this node: by a value, required codes, or those of what is below.
    pub(super) fn tells(&self) -> bool {
        let is_bound = || self.binding.as_ref().is_some_and(|bound| bound.strength == Strength::Required);
        self.wanted.is_some() || is_bound() || self.children.iter().any(Node::tells)
    }

    /// The element as messages name it.
    pub(super) fn shown(&self) -> String {
        format!("{}{}", self.name, if self.is_choice { "[x]" } else { "" })
    }
}

/// One of the types a value may have.
#[derive(Debug, Clone)]
pub(super) struct AllowedType {
    pub(super) code: String,
    /// Profiles of which a value of the type must keep one.
    pub(super) profiles: Vec<String>,
    /// Profiles of which the target of a reference must keep one.
    pub(super) targets: Vec<String>,
}

/// A value that is asked for.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    /// Exactly this.
    Fixed(Value),
    /// At least this.
    Pattern(Value),
}

/// Where codes must come from.
#[derive(Debug, Clone)]
pub(super) struct Binding {
    pub(super) strength: Strength,
    pub(super) value_set: String,
    /// The value set that even other codes must come from.
    pub(super) widest: Option<String>,
}

/// How strictly codes must come from a value set (FHIR R4, 4.1.5). Weaker ones ask for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    Required,
    Extensible,
    Weaker,
}

/// A rule in FHIRPath.
#[derive(Debug, Clone)]
pub(super) struct Invariant {
    pub(super) key: String,
    pub(super) severity: Severity,
    pub(super) human: String,
    pub(super) expression: String,
}

/// How the values of an element fall into slices (FHIR R4, 5.1.0.14).
#[derive(Debug, Clone, Default)]
pub(super) struct Slicing {
    pub(super) discriminators: Vec<Discriminator>,
    pub(super) openness: Openness,
    pub(super) is_ordered: bool,
    pub(super) slices: Vec<Slice>,
}

/// Whether values may stand outside all slices.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Openness {
    #[default]
    Open,
    OpenAtEnd,
    Closed,
}

/// What tells slices apart, as the definition says it.
#[derive(Debug, Clone)]
pub(super) struct Discriminator {
    pub(super) kind: String,
    pub(super) path: String,
}

/// One of the groups that values fall into.
#[derive(Debug, Clone)]
pub(super) struct Slice {
    pub(super) name: String,
    /// What all must hold for a value to belong; none where the definition does not tell.
    pub(super) tests: Option<Vec<Test>>,
    pub(super) node: Node,
}

/// What a discriminator means for one slice.
#[derive(Debug, Clone)]
pub(super) struct Test {
    pub(super) steps: Vec<Step>,
    pub(super) expected: Expected,
}

/// A step of a discriminator's path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Element(String),
    Extension(String),
    OfType(String),
    Resolve,
}

/// What must be found at the end of the path.
#[derive(Debug, Clone)]
pub(super) enum Expected {
    /// A value like this node asks for.
    Like(Box<Node>),
    /// Any value, or none.
    Existence(bool),
    /// A value of one of these types.
    Types(Vec<String>),
    /// A value that keeps one of these profiles.
    Conformance(Vec<String>),
}
