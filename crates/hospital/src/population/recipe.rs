//! What is asked for, and what comes out.

use crate::random::Key;

/// Changes whenever what is drawn for the same recipe would change. What is only added beside it leaves it alone, so that
/// everybody stays who they were.
const GENERATOR_VERSION: u64 = 2;

/// Names one population; equal recipes give equal bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// How many patients; their indexes are `0..patients`.
    pub patients: u32,
    /// The seed of everything drawn.
    pub seed: u64,
    /// The instant the population is seen at, in microseconds since 1970 UTC.
    #[serde(default = "default_as_of_us")]
    pub as_of_us: i64,
}

const fn default_as_of_us() -> i64 {
    1_930_370_400_000_000
}

impl Default for Recipe {
    /// A thousand patients, seen at 2031-03-04T06:00:00Z.
    fn default() -> Self {
        Self { patients: 1000, seed: 1, as_of_us: default_as_of_us() }
    }
}

impl Recipe {
    /// What tells this population from any other: it is the same for the same people, made by the same generator from the same
    /// pathways.
    #[must_use]
    pub fn mark(&self) -> u64 {
        self.key().number(self.patients.into()).number(self.as_of_us.cast_unsigned()).value()
    }

    /// The key of everything in this population.
    pub(crate) fn key(&self) -> Key {
        Key::new(self.seed).number(GENERATOR_VERSION)
    }
}

/// One complete FHIR R4 resource, borrowed from the generator's buffer.
#[derive(Clone, Copy, Debug)]
pub struct Resource<'a> {
    /// The resource type.
    pub kind: &'static str,
    /// The resource id, also inside the body.
    pub id: &'a str,
    /// The JSON text, with id and meta.
    pub body: &'a [u8],
}
