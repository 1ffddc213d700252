//! Where the walk is, as a chain on the stack that costs nothing until a problem is reported.

use std::fmt;

/// A place in a resource; prints as a simple FHIRPath such as `Patient.contact[0].name`.
#[derive(Clone, Copy)]
pub(in crate::fhir) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    name: &'a str,
    index: Option<usize>,
}

impl<'a> Path<'a> {
    /// The top: the type of the resource.
    pub(in crate::fhir) fn root(name: &'a str) -> Self {
        Path { parent: None, name, index: None }
    }

    /// An element below this one.
    pub(in crate::fhir) fn child(&'a self, name: &'a str) -> Self {
        Path { parent: Some(self), name, index: None }
    }

    /// One of several values at this place, counted from 0.
    pub(in crate::fhir) fn at(self, index: usize) -> Self {
        Path { index: Some(index), ..self }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            write!(formatter, "{parent}.")?;
        }
        formatter.write_str(self.name)?;
        match self.index {
            Some(index) => write!(formatter, "[{index}]"),
            None => Ok(()),
        }
    }
}
